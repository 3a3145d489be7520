// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is checked of each vector, with a service configured as the members' tests configure theirs. */
final class Vectors {

    /** Members keep these for themselves; clients only ever send them. By name: the factory id and the class id. */
    static final Map<String, String> OF_MEMBERS = Map.ofEntries(
            entry("TruePredicate", "factory id -20, class id 14"),
            entry("FalsePredicate", "factory id -20, class id 13"),
            entry("SqlPredicate", "factory id -20, class id 0"),
            entry("EqualPredicate", "factory id -20, class id 3"),
            entry("NotEqualPredicate", "factory id -20, class id 9"),
            entry("GreaterLessPredicate", "factory id -20, class id 4"),
            entry("BetweenPredicate", "factory id -20, class id 2"),
            entry("LikePredicate", "factory id -20, class id 5"),
            entry("ILikePredicate", "factory id -20, class id 6"),
            entry("InPredicate", "factory id -20, class id 7"),
            entry("RegexPredicate", "factory id -20, class id 12"),
            entry("PartitionPredicateImpl", "factory id -20, class id 16"),
            entry("MultiPartitionPredicateImpl", "factory id -20, class id 21"),
            entry("AndPredicate", "factory id -20, class id 1"),
            entry("OrPredicate", "factory id -20, class id 11"),
            entry("InstanceOfPredicate", "factory id -20, class id 8"),
            entry("DistinctValuesAggregator", "factory id -29"),
            entry("MaxAggregator", "factory id -29"),
            entry("MaxByAggregator", "factory id -29, class id 17"),
            entry("MinAggregator", "factory id -29"),
            entry("MinByAggregator", "factory id -29"),
            entry("CountAggregator", "factory id -29"),
            entry("NumberAverageAggregator", "factory id -29"),
            entry("IntegerAverageAggregator", "factory id -29"),
            entry("LongAverageAggregator", "factory id -29"),
            entry("DoubleAverageAggregator", "factory id -29"),
            entry("BigIntegerAverageAggregator", "factory id -29"),
            entry("BigDecimalAverageAggregator", "factory id -29"),
            entry("IntegerSumAggregator", "factory id -29"),
            entry("LongSumAggregator", "factory id -29"),
            entry("DoubleSumAggregator", "factory id -29"),
            entry("FixedSumAggregator", "factory id -29"),
            entry("FloatingPointSumAggregator", "factory id -29"),
            entry("BigDecimalSumAggregator", "factory id -29"),
            entry("SingleAttributeProjection", "factory id -30, class id 0"),
            entry("MultiAttributeProjection", "factory id -30"),
            entry("IdentityProjection", "factory id -30"));

    /** The order of their elements is that of identity hashes. */
    private static final Set<String> NOT_CANONICAL = Set.of("HashSet", "ConcurrentHashMap");

    private Vectors() {}

    static void check(Vector vector, @Nullable Object reference, SerializationService service) {
        Data data = data(vector);
        Object read = service.toObject(data);
        assertSame(read, reference, vector + ", read");

        Data written = service.toData(read);
        if (NOT_CANONICAL.contains(vector.name())) {
            assertSame(service.toObject(written), reference, vector + ", written and read again");
            assertThat(requireNonNull(written).size())
                    .as("%s, size when written again", vector)
                    .isEqualTo(requireNonNull(data).size());
        } else {
            assertThat(hex(written)).as("%s, written again", vector).isEqualTo(hex(data));
        }
    }

    /** The texts are long: only where they part is told. */
    private static void assertSame(@Nullable Object read, @Nullable Object reference, String what) {
        String fields = Fields.of(read);
        String expected = Fields.of(reference);
        int same = 0;
        while (same < Math.min(fields.length(), expected.length()) && fields.charAt(same) == expected.charAt(same)) {
            same++;
        }
        assertThat(excerpt(fields, same)).as(what).isEqualTo(excerpt(expected, same));
    }

    private static String excerpt(String text, int at) {
        return text.substring(Math.max(0, at - 100), Math.min(text.length(), at + 100));
    }

    static void checkRefusal(Vector vector, SerializationService service) {
        assertThatThrownBy(() -> service.toObject(data(vector)))
                .as("%s", vector)
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(requireNonNull(OF_MEMBERS.get(vector.name())))
                .hasMessageContaining("an object of the members' own");
    }

    static @Nullable Data data(Vector vector) {
        return vector.bytes() == null ? null : Data.of(vector.bytes());
    }

    static String hex(@Nullable Data data) {
        return data == null ? "none" : HexFormat.of().formatHex(data.bytes());
    }

    static SerializationService service(ByteOrder order) {
        return service(order, config -> config);
    }

    static SerializationService service(ByteOrder order, UnaryOperator<ClientConfig.Builder> options) {
        ClientConfig.Builder config = ClientConfig.builder()
                .isBigEndian(order == ByteOrder.BIG_ENDIAN)
                .dataSerializableFactories(Map.of(
                        AnIdentifiedDataSerializable.FACTORY_ID,
                        classId -> classId == AnIdentifiedDataSerializable.CLASS_ID
                                ? new AnIdentifiedDataSerializable()
                                : null))
                .portableFactories(Map.of(APortable.FACTORY_ID, classId -> switch (classId) {
                    case APortable.CLASS_ID -> new APortable();
                    case AnInnerPortable.CLASS_ID -> new AnInnerPortable();
                    default -> null;
                }))
                .customSerializers(CustomSerializers.ALL)
                .compactSerializers(CompactSerializers.ALL)
                .javaSerializationAllowed("com.hazelcast.**");
        SerializationService service =
                new SerializationService(options.apply(config).build().serialization());
        // Compact objects can only be read when their schemas are known, and the file holds none.
        Release.ofTheTests().objects().forEach((name, object) -> {
            if (name.equals("MainDTO") || name.equals("AllFieldsDTO")) {
                service.toData(object);
            }
        });
        return service;
    }
}
