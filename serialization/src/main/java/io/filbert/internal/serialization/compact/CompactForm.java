// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.TypeId;
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

    @Override
    public final int typeId() {
        return TypeId.COMPACT;
    }

    @Override
    public final @Nullable Object read(DataReader in) {
        return forms.read(in);
    }
}
