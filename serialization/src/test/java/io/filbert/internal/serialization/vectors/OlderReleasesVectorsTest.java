// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check of {@link PublishedSerializationVectorsTest} for the other releases, whose jars are many: {@code -Pmatrix} fetches them. */
@EnabledIfSystemProperty(named = "filbert.vectors.releases", matches = ".+")
class OlderReleasesVectorsTest {

    /** How many vectors a release has. */
    private static final Map<String, Integer> VECTORS = Map.ofEntries(
            Map.entry("4.0", 180),
            Map.entry("4.0.6", 180),
            Map.entry("4.1", 180),
            Map.entry("4.2.8", 182),
            Map.entry("5.0.5", 190),
            Map.entry("5.1.7", 190),
            Map.entry("5.2.5", 196),
            Map.entry("5.3.8", 196),
            Map.entry("5.4.0", 196),
            Map.entry("5.5.0", 196),
            Map.entry("5.6.0", 196));

    private static Map<String, Vector> newest = Map.of();

    @BeforeAll
    static void generate() {
        newest = Release.ofTheTests().vectors().stream()
                .collect(Collectors.toMap(OlderReleasesVectorsTest::nameAndOrder, Function.identity()));
    }

    static List<Release> releases() throws IOException {
        List<Release> releases = Release.in(Path.of(System.getProperty("filbert.vectors.releases")));
        assertThat(releases.stream().map(Release::version)).containsExactlyInAnyOrderElementsOf(VECTORS.keySet());
        return releases;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void vectors_areReadOrRefusedAsThoseOfTheNewestRelease(Release release) {
        Map<String, @Nullable Object> references = release.objects();
        int refused = 0;
        int read = 0;
        int same = 0;
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        for (Vector vector : release.vectors()) {
            Vector ofNewest = newest.get(nameAndOrder(vector));
            if (ofNewest != null && Arrays.equals(ofNewest.bytes(), vector.bytes())) {
                same++;
                continue;
            }
            try {
                Thread.currentThread().setContextClassLoader(release.classes());
                if (Vectors.OF_MEMBERS.containsKey(vector.name())) {
                    Vectors.checkRefusal(vector, Vectors.service(vector.order()));
                    refused++;
                } else {
                    Vectors.check(vector, references.get(vector.name()), Vectors.service(vector.order()));
                    read++;
                }
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
        System.out.printf(
                "vectors of %s: %d read, %d refused, %d the same as those of the newest release%n",
                release, read, refused, same);
        assertThat(read + refused + same).isEqualTo(VECTORS.get(release.version()));
    }

    private static String nameAndOrder(Vector vector) {
        return vector.name() + " " + vector.order();
    }
}
