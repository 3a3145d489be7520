// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import static java.util.Objects.requireNonNull;

import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.portable.Model.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** A client that has never seen an object of any class, and knows the classes a test gives it. */
enum Party {
    OURS {
        @Override
        byte[] write(Model model) {
            return requireNonNull(Sample.service(config -> config).toData(new OurModel(model)))
                    .bytes();
        }

        @Override
        Model read(byte[] bytes, Shape... classes) {
            Map<Integer, Shape> known = byId(classes);
            OurModel read = requireNonNull(Sample.service(config -> config.portableFactories(
                            Map.of(Sample.FACTORY, classId -> new OurModel(requireNonNull(known.get(classId))))))
                    .toObject(Data.of(bytes)));
            return read.model();
        }
    },
    OFFICIAL {
        @Override
        byte[] write(Model model) {
            return new DefaultSerializationServiceBuilder()
                    .build()
                    .toData(new OfficialModel(model))
                    .toByteArray();
        }

        @Override
        @SuppressWarnings("removal") // the official client announces the end of this form
        Model read(byte[] bytes, Shape... classes) {
            Map<Integer, Shape> known = byId(classes);
            OfficialModel read = new DefaultSerializationServiceBuilder()
                    .addPortableFactory(
                            Sample.FACTORY, classId -> new OfficialModel(requireNonNull(known.get(classId))))
                    .build()
                    .toObject(new HeapData(bytes));
            return read.model();
        }
    };

    abstract byte[] write(Model model);

    /** @param classes as this client has them, by their class ids */
    abstract Model read(byte[] bytes, Shape... classes);

    private static Map<Integer, Shape> byId(Shape... classes) {
        return Arrays.stream(classes).collect(Collectors.toMap(Shape::classId, shape -> shape));
    }
}
