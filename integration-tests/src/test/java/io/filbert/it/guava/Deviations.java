// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.guava;

import java.util.Map;

/** The tests of Guava's suites that blocking views fail on purpose, each with the reason. */
final class Deviations {

    private static final String IDENTITY =
            "equals and hashCode are those of the object: comparing what is inside would fetch all of it";

    private static final String NO_NETWORK = "toString never goes to the network";

    static final Map<String, String> MAP = Map.ofEntries(
            Map.entry("MapEqualsTester.testEquals_otherMapWithSameEntries", IDENTITY),
            Map.entry("MapHashCodeTester.testHashCode", IDENTITY),
            Map.entry("MapToStringTester.testToString_formatting", NO_NETWORK),
            Map.entry("MapToStringTester.testToString_size0", NO_NETWORK),
            Map.entry("MapToStringTester.testToString_size1", NO_NETWORK));

    static final Map<String, String> QUEUE = Map.ofEntries(
            Map.entry("CollectionToStringTester.testToString_size0", NO_NETWORK),
            Map.entry("CollectionToStringTester.testToString_size1", NO_NETWORK),
            Map.entry("CollectionToStringTester.testToString_sizeSeveral", NO_NETWORK));

    private Deviations() {}
}
