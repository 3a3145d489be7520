// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.guava;

import java.util.Map;

/** The tests of Guava's suite that the blocking view of a map fails on purpose, each with the reason. */
final class Deviations {

    private static final String IDENTITY =
            "equals and hashCode are those of the object: comparing entries would fetch the whole map";

    private static final String NO_NETWORK = "toString never goes to the network";

    /** By test: class, a dot, method. */
    static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("MapEqualsTester.testEquals_otherMapWithSameEntries", IDENTITY),
            Map.entry("MapHashCodeTester.testHashCode", IDENTITY),
            Map.entry("MapToStringTester.testToString_formatting", NO_NETWORK),
            Map.entry("MapToStringTester.testToString_size0", NO_NETWORK),
            Map.entry("MapToStringTester.testToString_size1", NO_NETWORK));

    private Deviations() {}
}
