// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.error.SerializationException;
import io.filbert.internal.shape.RecordShape;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.serialization.FieldKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a schema lie in the bytes of an object, computed once per schema. Thread-safe.
 *
 * <p>An object is: the id of its schema; if the size of any field varies, the length of the data; the fixed section (8-byte numbers, then
 * those of 4, 2 and 1, then booleans as bits, each group by name); the fields whose size varies, in the order they were written; and for
 * each of these, by name, the offset at which it starts, counted from the fixed section, or all ones for null.
 */
final class Layout {

    private final Schema schema;
    private final Slot[] slots; // by name
    private final @Nullable Slot[] table; // open addressing by the hash of the name
    private final @Nullable Slot[] order; // in which the fields were once asked for; see find
    private final int fixedSize;
    private final int variables;
    private volatile RecordShape<FieldKind> shape; // of records without class

    /** @throws SerializationException if objects cannot be of this schema */
    Layout(Schema schema) {
        this.schema = schema;
        List<Schema.Field> fields = schema.fields();
        slots = new Slot[fields.size()];
        int offset = 0;
        for (int size = Long.BYTES; size > 0; size /= 2) {
            for (int i = 0; i < slots.length; i++) {
                if (Kinds.fixedSize(fields.get(i).kind()) == size) {
                    slots[i] = slot(i, offset, 0);
                    offset += size;
                }
            }
        }
        int bits = 0;
        int entries = 0;
        for (int i = 0; i < slots.length; i++) {
            FieldKind kind = fields.get(i).kind();
            if (kind == FieldKind.BOOLEAN) {
                slots[i] = slot(i, offset + bits / Byte.SIZE, bits % Byte.SIZE);
                bits++;
            } else if (Kinds.fixedSize(kind) == 0) {
                slots[i] = slot(i, entries++, 0);
            }
        }
        fixedSize = offset + (bits + Byte.SIZE - 1) / Byte.SIZE;
        variables = entries;
        table = tableOf(slots);
        order = new @Nullable Slot[slots.length];
        shape = shapeOf(schema.typeName(), slots);
    }

    private static RecordShape<FieldKind> shapeOf(String typeName, Slot[] slots) {
        String[] names = new String[slots.length];
        FieldKind[] kinds = new FieldKind[slots.length];
        for (int i = 0; i < slots.length; i++) {
            names[i] = slots[i].name();
            kinds[i] = slots[i].kind();
        }
        return RecordShape.of(typeName, names, kinds);
    }

    /** The shape of records of the schema, with the order of the fields that was seen last. */
    RecordShape<FieldKind> shape() {
        return shape;
    }

    void shape(RecordShape<FieldKind> latest) {
        shape = latest;
    }

    private Slot slot(int index, int offset, int bit) {
        Schema.Field field = schema.fields().get(index);
        if (!Kinds.isUsable(field.kind())) {
            throw CompactErrors.unusableSchema(schema, "the kind " + field.kind() + " of field '" + field.name() + "'");
        }
        if (index > 0 && schema.fields().get(index - 1).name().equals(field.name())) {
            throw CompactErrors.unusableSchema(schema, "the field '" + field.name() + "' twice");
        }
        return new Slot(field.name().intern(), field.kind(), index, offset, bit);
    }

    private static @Nullable Slot[] tableOf(Slot[] slots) {
        int size = 4;
        while (size < 2 * slots.length) {
            size *= 2;
        }
        @Nullable Slot[] table = new @Nullable Slot[size];
        for (Slot slot : slots) {
            int i = spread(slot.name()) & (size - 1);
            while (table[i] != null) {
                i = (i + 1) & (size - 1);
            }
            table[i] = slot;
        }
        return table;
    }

    private static int spread(String name) {
        int hash = name.hashCode();
        return hash ^ (hash >>> 16);
    }

    /** Where a field lies; null if there is none of this name. */
    @SuppressWarnings("ReferenceEquality") // a short way to the same answer
    @Nullable
    Slot find(String name) {
        int mask = table.length - 1;
        for (int i = spread(name) & mask; ; i = (i + 1) & mask) {
            Slot slot = table[i];
            if (slot == null || slot.name() == name || slot.name().equals(name)) {
                return slot;
            }
        }
    }

    /**
     * As {@link #find(String)}, for one who asks for the fields in the same order for each object, as serializers do: the field that was
     * once asked for at this point is tried first. Threads may learn different orders at once, and then some of each is kept: it is only
     * tried.
     *
     * @param count how many fields have been asked for before
     */
    @SuppressWarnings("ReferenceEquality") // as above
    @Nullable
    Slot find(String name, int count) {
        if (count >= order.length) {
            return find(name);
        }
        Slot likely = order[count];
        if (likely != null && likely.name() == name) {
            return likely;
        }
        Slot slot = find(name);
        if (likely == null) {
            order[count] = slot;
        }
        return slot;
    }

    Schema schema() {
        return schema;
    }

    /** All fields by name; not to be changed. */
    Slot[] slots() {
        return slots;
    }

    /** The bytes that the fixed section takes. */
    int fixedSize() {
        return fixedSize;
    }

    /** How many fields have an entry in the offsets table. */
    int variables() {
        return variables;
    }
}
