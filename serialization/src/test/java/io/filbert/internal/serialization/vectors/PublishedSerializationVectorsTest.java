// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import static io.filbert.query.Predicates.*;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.query.Predicate;
import java.lang.reflect.Field;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reference object of the members' own tests, as the program in their tests jar writes it: read, compared field by field, and written
 * again; or refused for a reason named here. None is left out.
 */
class PublishedSerializationVectorsTest {

    private static final int VECTORS = 196;
    private static final int READ = 122;
    private static final int REFUSED = 74;

    /** They hold objects of the members' classes in the form of Java serialization, which must be allowed first. */
    private static final Set<String> JAVA_SERIALIZED = Set.of(
            "AJavaSerialiazable",
            "AJavaExternalizable",
            "ArrayList",
            "LinkedList",
            "CopyOnWriteArrayList",
            "ConcurrentHashMap",
            "LinkedHashMap",
            "HashSet",
            "LinkedHashSet",
            "CopyOnWriteArraySet",
            "ArrayDeque",
            "LinkedBlockingQueue",
            "LinkedTransferQueue");

    private static final Release RELEASE = Release.ofTheTests();
    private static List<Vector> vectors = List.of();
    private static Map<String, @Nullable Object> references = Map.of();

    @BeforeAll
    static void generate() {
        vectors = RELEASE.vectors();
        references = RELEASE.objects();
    }

    static Stream<Vector> vectorsToBeRead() {
        return vectors.stream().filter(vector -> !Vectors.OF_MEMBERS.containsKey(vector.name()));
    }

    static Stream<Vector> vectorsToBeRefused() {
        return vectors.stream().filter(vector -> Vectors.OF_MEMBERS.containsKey(vector.name()));
    }

    @Test
    void vectors_areAllAccountedFor() {
        assertThat(vectors).hasSize(VECTORS).doesNotHaveDuplicates();
        assertThat(vectorsToBeRead()).hasSize(READ);
        assertThat(vectorsToBeRefused()).hasSize(REFUSED);
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            assertThat(vectors.stream()
                            .filter(vector -> vector.order() == order)
                            .map(Vector::name)
                            .toList())
                    .as("%s of %s", order, RELEASE)
                    .containsExactlyInAnyOrderElementsOf(references.keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("vectorsToBeRead")
    void vector_isReadAndWrittenAgain(Vector vector) {
        Vectors.check(vector, references.get(vector.name()), Vectors.service(vector.order()));
    }

    @ParameterizedTest
    @MethodSource("vectorsToBeRefused")
    void vectorOfTheMembersOwn_isRefused(Vector vector) {
        Vectors.checkRefusal(vector, Vectors.service(vector.order()));
    }

    @Test
    void classesOfTheMembers_needPermissionForJavaSerialization() {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            SerializationService service = Vectors.service(order, config -> config.javaSerializationAllowed(List.of()));
            Set<String> refused = new TreeSet<>();
            vectorsToBeRead().filter(vector -> vector.order() == order).forEach(vector -> {
                try {
                    service.toObject(Vectors.data(vector));
                } catch (SerializationException e) {
                    assertThat(e)
                            .as("%s", vector)
                            .hasMessageContaining("com.hazelcast.")
                            .hasMessageContaining("javaSerializationAllowed");
                    refused.add(vector.name());
                }
            });
            assertThat(refused).isEqualTo(new TreeSet<>(JAVA_SERIALIZED));
        }
    }

    @Test
    void predicates_haveThePublishedBytes() {
        Object value = reference("aComparable");
        String name = (String) reference("aSmallString");
        String sql = (String) reference("anSqlString");
        Predicate[] five = {
            sql(sql), equal(name, value), notEqual(name, value), greater(name, value), greaterOrEqual(name, value)
        };
        Map<String, Predicate> predicates = Map.ofEntries(
                entry("TruePredicate", alwaysTrue()),
                entry("FalsePredicate", alwaysFalse()),
                entry("SqlPredicate", five[0]),
                entry("EqualPredicate", five[1]),
                entry("NotEqualPredicate", five[2]),
                entry("GreaterLessPredicate", five[3]),
                entry("BetweenPredicate", between(name, value, value)),
                entry("LikePredicate", like(name, name)),
                entry("ILikePredicate", ilike(name, name)),
                entry("InPredicate", in(name, value, value)),
                entry("RegexPredicate", regex(name, name)),
                entry("AndPredicate", and(five)),
                entry("OrPredicate", or(five)),
                entry(
                        "InstanceOfPredicate",
                        instanceOf("com.hazelcast.nio.serialization.compatibility.CustomStreamSerializable")));
        int written = 0;
        for (Vector vector : vectors) {
            Predicate predicate = predicates.get(vector.name());
            if (predicate != null) {
                assertThat(Vectors.hex(Vectors.service(vector.order()).toData(predicate)))
                        .as("%s", vector)
                        .isEqualTo(Vectors.hex(Vectors.data(vector)));
                written++;
            }
        }
        assertThat(written).isEqualTo(2 * predicates.size());
    }

    private static Object reference(String field) {
        try {
            Field declared = Class.forName("com.hazelcast.nio.serialization.compatibility.ReferenceObjects")
                    .getDeclaredField(field);
            declared.setAccessible(true);
            return requireNonNull(declared.get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(field, e);
        }
    }
}
