// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.ObjectForm;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Two forms for objects of one class; which of them an object gets is decided when it is written. Immutable.
 *
 * @param first the one that is preferred
 * @param second the other one
 * @param choice between both
 */
record EitherForm(ObjectForm first, ObjectForm second, Choice choice) implements ObjectForm {

    enum Choice {
        /** The second, if something in the object does not fit into the first. */
        BY_CONTENT,
        /** The second, while there are members before 4.2. */
        SINCE_4_2,
        /** The second, while there are members before 5.0. */
        SINCE_5_0,
        /** The second, while there are members before 5.2. */
        SINCE_5_2
    }

    /** The form of all objects of the class at this moment, or this one if each object must be tried. */
    ObjectForm at(ClusterRelease release) {
        ObjectForm form = switch (choice) {
            case BY_CONTENT -> this;
            case SINCE_4_2 -> release.isAtLeast(4, 2) ? first : second;
            case SINCE_5_0 -> release.isAtLeast(5, 0) ? first : second;
            case SINCE_5_2 -> release.isAtLeast(5, 2) ? first : second;
        };
        return form != this && form instanceof EitherForm inner ? inner.at(release) : form;
    }

    @Override
    public int typeId() {
        return first.typeId();
    }

    @Override
    public void write(DataWriter out, Object object) throws IOException {
        throw new AssertionError("one of both");
    }

    @Override
    public @Nullable Object read(DataReader in) {
        throw new AssertionError("one of both");
    }
}
