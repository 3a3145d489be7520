// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which classes an object stream may name: values of the JDK whose making has no effect on anything else, and what the user adds.
 * Immutable.
 */
final class AllowedClasses {

    /**
     * Missing on purpose: whatever loads code, opens or looks up something ({@code URL}, {@code InetAddress}, {@code File}), calls methods
     * by name ({@code Proxy}, lambdas), or pretends to a size it does not have ({@code Collections$CopiesList}). Superclasses appear
     * in a stream too, and so do the classes that stand for others in it ({@code CollSer}) beside those they stand for.
     */
    private static final Set<String> OF_JDK =
            Set.of(("java.lang.Boolean java.lang.Byte java.lang.Character java.lang.Short"
                            + " java.lang.Integer java.lang.Long java.lang.Float java.lang.Double java.lang.Number java.lang.String"
                            + " java.lang.StringBuilder java.lang.StringBuffer java.lang.Enum java.lang.Record java.lang.Object"
                            + " java.lang.String$CaseInsensitiveComparator"
                            + " java.math.BigInteger java.math.BigDecimal java.math.MathContext"
                            + " java.net.URI"
                            + " java.sql.Date java.sql.Time java.sql.Timestamp"
                            + " java.util.ArrayList java.util.Arrays$ArrayList java.util.LinkedList java.util.Vector java.util.Stack"
                            + " java.util.ArrayDeque java.util.PriorityQueue java.util.CollSer"
                            + " java.util.ImmutableCollections$List12 java.util.ImmutableCollections$ListN"
                            + " java.util.ImmutableCollections$Set12 java.util.ImmutableCollections$SetN"
                            + " java.util.ImmutableCollections$Map1 java.util.ImmutableCollections$MapN"
                            + " java.util.HashMap java.util.LinkedHashMap java.util.TreeMap"
                            + " java.util.TreeMap$NavigableSubMap java.util.TreeMap$AscendingSubMap java.util.TreeMap$DescendingSubMap"
                            + " java.util.Hashtable java.util.Properties"
                            + " java.util.IdentityHashMap java.util.EnumMap java.util.HashSet java.util.LinkedHashSet java.util.TreeSet"
                            + " java.util.EnumSet java.util.EnumSet$SerializationProxy java.util.RegularEnumSet"
                            + " java.util.JumboEnumSet java.util.BitSet java.util.Dictionary"
                            + " java.util.AbstractMap$SimpleEntry java.util.AbstractMap$SimpleImmutableEntry"
                            + " java.util.Collections$EmptyList java.util.Collections$EmptySet java.util.Collections$EmptyMap"
                            + " java.util.Collections$SingletonList java.util.Collections$SingletonSet java.util.Collections$SingletonMap"
                            + " java.util.Collections$UnmodifiableCollection java.util.Collections$UnmodifiableSequencedCollection"
                            + " java.util.Collections$UnmodifiableList java.util.Collections$UnmodifiableRandomAccessList"
                            + " java.util.Collections$UnmodifiableSet java.util.Collections$UnmodifiableSequencedSet"
                            + " java.util.Collections$UnmodifiableSortedSet java.util.Collections$UnmodifiableNavigableSet"
                            + " java.util.Collections$UnmodifiableNavigableSet$EmptyNavigableSet"
                            + " java.util.Collections$UnmodifiableMap java.util.Collections$UnmodifiableSequencedMap"
                            + " java.util.Collections$UnmodifiableSortedMap java.util.Collections$UnmodifiableNavigableMap"
                            + " java.util.Collections$UnmodifiableNavigableMap$EmptyNavigableMap"
                            + " java.util.Collections$SynchronizedCollection java.util.Collections$SynchronizedList"
                            + " java.util.Collections$SynchronizedRandomAccessList java.util.Collections$SynchronizedSet"
                            + " java.util.Collections$SynchronizedSortedSet java.util.Collections$SynchronizedNavigableSet"
                            + " java.util.Collections$SynchronizedMap java.util.Collections$SynchronizedSortedMap"
                            + " java.util.Collections$SynchronizedNavigableMap java.util.Collections$SetFromMap"
                            + " java.util.Collections$AsLIFOQueue java.util.Collections$ReverseComparator"
                            + " java.util.Collections$ReverseComparator2 java.util.Comparators$NaturalOrderComparator"
                            + " java.util.Comparators$NullComparator"
                            + " java.util.UUID java.util.Date java.util.Calendar java.util.GregorianCalendar java.util.TimeZone"
                            + " java.util.SimpleTimeZone sun.util.calendar.ZoneInfo java.util.Locale java.util.Currency"
                            + " java.util.concurrent.ConcurrentHashMap java.util.concurrent.ConcurrentHashMap$Segment"
                            + " java.util.concurrent.ConcurrentHashMap$CollectionView java.util.concurrent.ConcurrentHashMap$KeySetView"
                            + " java.util.concurrent.locks.ReentrantLock java.util.concurrent.locks.ReentrantLock$Sync"
                            + " java.util.concurrent.locks.ReentrantLock$NonfairSync java.util.concurrent.locks.ReentrantLock$FairSync"
                            + " java.util.concurrent.locks.AbstractQueuedSynchronizer"
                            + " java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject"
                            + " java.util.concurrent.locks.AbstractOwnableSynchronizer"
                            + " java.util.concurrent.ConcurrentSkipListMap java.util.concurrent.ConcurrentSkipListSet"
                            + " java.util.concurrent.CopyOnWriteArrayList java.util.concurrent.CopyOnWriteArraySet"
                            + " java.util.concurrent.ConcurrentLinkedQueue java.util.concurrent.ConcurrentLinkedDeque"
                            + " java.util.concurrent.LinkedBlockingQueue java.util.concurrent.LinkedBlockingDeque"
                            + " java.util.concurrent.ArrayBlockingQueue java.util.concurrent.PriorityBlockingQueue"
                            + " java.util.concurrent.LinkedTransferQueue"
                            + " java.util.concurrent.atomic.AtomicBoolean java.util.concurrent.atomic.AtomicInteger"
                            + " java.util.concurrent.atomic.AtomicLong java.util.concurrent.atomic.AtomicReference"
                            + " java.util.concurrent.atomic.AtomicIntegerArray java.util.concurrent.atomic.AtomicLongArray"
                            + " java.util.concurrent.atomic.AtomicReferenceArray"
                            + " java.util.concurrent.atomic.LongAdder$SerializationProxy java.util.concurrent.atomic.LongAdder"
                            + " java.util.concurrent.atomic.DoubleAdder$SerializationProxy java.util.concurrent.atomic.DoubleAdder"
                            + " java.util.concurrent.atomic.Striped64")
                    .split(" "));

    private static final Set<String> PACKAGES_OF_JDK = Set.of("java.time", "java.time.chrono");

    private static final String BELOW = ".**";
    private static final String IN = ".*";

    private final Set<String> classes = new HashSet<>(OF_JDK);
    private final Set<String> packages = new HashSet<>(PACKAGES_OF_JDK);
    private final Set<String> prefixes = new HashSet<>();

    /** @param patterns classes, packages as {@code a.b.*}, and packages with those below them as {@code a.b.**} */
    AllowedClasses(List<String> patterns) {
        for (String pattern : patterns) {
            if (pattern.endsWith(BELOW)) {
                prefixes.add(pattern.substring(0, pattern.length() - 2));
            } else if (pattern.endsWith(IN)) {
                packages.add(pattern.substring(0, pattern.length() - IN.length()));
            } else {
                classes.add(pattern);
            }
        }
    }

    /** The names of the JDK's classes, for tests. */
    static Set<String> ofJdk() {
        return OF_JDK;
    }

    boolean contains(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.isPrimitive() || classes.contains(element.getName())) {
            return true;
        }
        // A constant of the JDK can only be looked up, and of an interface nothing can be made: it stands in the type
        // of an array.
        if (element.getName().startsWith("java.") && (element.isInterface() || element.isEnum())) {
            return true;
        }
        return packages.contains(element.getPackageName()) || isBelowAny(element.getName());
    }

    private boolean isBelowAny(String name) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
