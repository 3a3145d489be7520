// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.serialization.FieldKind;
import org.jspecify.annotations.Nullable;

/** How the objects of one class become fields. Thread-safe. */
abstract class CompactForm implements ObjectForm {

    private static final @Nullable Slot[] NO_MEMBERS = {};

    final CompactForms forms;

    CompactForm(CompactForms forms) {
        this.forms = forms;
    }

    /** Makes an object of fields. */
    abstract @Nullable Object read(FieldReader in);

    /** Where the fields lie that the class counts by number, in objects of this layout. */
    @Nullable
    Slot[] membersIn(Layout layout) {
        return NO_MEMBERS;
    }

    /** The error for a field of another kind than it is read as. */
    SerializationException otherKind(Layout layout, Slot slot, FieldKind wanted) {
        return CompactErrors.readAs(layout.schema(), slot, wanted);
    }

    /** The error for a null that is read as a kind that has none. */
    SerializationException unexpectedNull(Layout layout, Slot slot, FieldKind wanted) {
        return CompactErrors.unexpectedNull(layout.schema(), slot, wanted);
    }

    /** Whether fields may be read as a larger kind that holds all numbers of theirs. */
    boolean widens() {
        return false;
    }

    @Override
    public final int typeId() {
        return TypeId.COMPACT;
    }

    @Override
    public final @Nullable Object read(DataReader in) {
        return forms.read(in);
    }
}
