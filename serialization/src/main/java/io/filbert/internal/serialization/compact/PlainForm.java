// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.serialization.FieldKind;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The form of a class without serializer: its fields, each as the kind that {@link JavaTypes} has for it, under the name of the class.
 * Thread-safe.
 */
final class PlainForm extends CompactForm {

    /** The schema of the class, and what writes objects with it. */
    private record Writing(Layout layout, MethodHandle handle) {}

    private final ClassPlan plan;
    private final MethodHandle reader;
    private volatile @Nullable Writing writing;

    PlainForm(CompactForms forms, ClassPlan plan) {
        super(forms);
        this.plan = plan;
        this.reader = plan.reader();
    }

    @Override
    public void write(DataWriter out, Object object) {
        Writing known = writing;
        if (known == null) {
            Layout layout = forms.introduce(plan.schema());
            known = new Writing(layout, plan.writer(layout));
            writing = known;
        }
        FieldWriter writer = new FieldWriter(out, forms, known.layout);
        try {
            known.handle.invokeExact((SlotWriter) writer, object);
        } catch (SerializationException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // of an accessor of the user
            throw new SerializationException(
                    "Cannot read a field of " + object.getClass().getName() + ": " + e, e);
        }
        writer.end();
    }

    @Override
    @Nullable
    Slot[] membersIn(Layout layout) {
        return plan.membersIn(layout);
    }

    @Override
    SerializationException otherKind(Layout layout, Slot slot, FieldKind wanted) {
        return CompactErrors.declaredAs(layout.schema(), slot, wanted);
    }

    @Override
    SerializationException unexpectedNull(Layout layout, Slot slot, FieldKind wanted) {
        return CompactErrors.nullWhereDeclaredPlain(layout.schema(), slot, wanted);
    }

    @Override
    boolean widens() {
        return true;
    }

    @Override
    Object read(FieldReader in) {
        try {
            return (Object) reader.invokeExact((SlotReader) in);
        } catch (SerializationException | UnknownSchemaException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // of a constructor or an initializer of the user
            throw CompactErrors.creationFailed(plan.typeName(), e);
        }
    }
}
