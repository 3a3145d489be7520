// SPDX-License-Identifier: Apache-2.0
package io.filbert.query;

import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import java.util.function.Consumer;

/** A predicate that every member knows by its number. Immutable. */
final class MemberPredicate implements Predicate, IdentifiedDataSerializable {

    private static final int FACTORY_ID = -20;

    private final int classId;
    private final Consumer<ObjectDataOutput> fields;
    private final String text;

    /**
     * @param fields writes what the members read
     * @param text what {@link #toString} shows
     */
    MemberPredicate(int classId, Consumer<ObjectDataOutput> fields, String text) {
        this.classId = classId;
        this.fields = fields;
        this.text = text;
    }

    @Override
    public int getFactoryId() {
        return FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return classId;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        fields.accept(out);
    }

    @Override
    public void readData(ObjectDataInput in) {
        throw new UnsupportedOperationException("Predicates are read by members only");
    }

    @Override
    public String toString() {
        return text;
    }
}
