// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import java.io.Externalizable;
import java.lang.reflect.InvocationHandler;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which classes an object stream may name: values of the JDK that are created without an effect on anything else, enums and records
 * that are only values, and what the user adds. Writing asks the same questions as reading, so that nothing is written that could not be read. Immutable.
 */
final class AllowedClasses {

    /**
     * Missing on purpose: everything that loads code or resolves something when it is compared ({@code URL}), or calls methods by name
     * ({@code Proxy}, lambdas). Superclasses appear in a stream too, and so do the classes that stand for others in it ({@code CollSer})
     * beside those they stand for.
     *
     * <p>Looked at one by one: {@code File} normalizes its path and opens nothing. {@code InetAddress} and its kind keep the bytes and the
     * name that were written and ask no name service. The checked wrappers only keep a class object, which is filtered as all classes
     * are. {@code CopiesList} is as large as its number says, which {@link HashWork} limits.
     */
    private static final Set<String> OF_JDK =
            Set.of(("java.lang.Boolean java.lang.Byte java.lang.Character java.lang.Short"
                            + " java.lang.Integer java.lang.Long java.lang.Float java.lang.Double java.lang.Number java.lang.String"
                            + " java.lang.StringBuilder java.lang.StringBuffer java.lang.Enum java.lang.Record java.lang.Object"
                            + " java.lang.String$CaseInsensitiveComparator"
                            + " java.math.BigInteger java.math.BigDecimal java.math.MathContext"
                            + " java.net.URI java.net.InetAddress java.net.Inet4Address java.net.Inet6Address"
                            + " java.net.SocketAddress java.net.InetSocketAddress"
                            + " java.io.File java.lang.StackTraceElement"
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
                            + " java.util.Collections$CheckedCollection java.util.Collections$CheckedList"
                            + " java.util.Collections$CheckedRandomAccessList java.util.Collections$CheckedSet"
                            + " java.util.Collections$CheckedSortedSet java.util.Collections$CheckedNavigableSet"
                            + " java.util.Collections$CheckedMap java.util.Collections$CheckedSortedMap"
                            + " java.util.Collections$CheckedNavigableMap java.util.Collections$CheckedQueue"
                            + " java.util.Collections$CopiesList"
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

    private static final Set<String> PACKAGES_OF_THROWABLES =
            Set.of("java.lang", "java.io", "java.util", "java.util.concurrent", "java.net");

    /** The answers are kept with the classes, so that none is kept from being unloaded. */
    private static final ClassValue<Boolean> HARMLESS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isHarmless(type);
        }
    };

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
        return element.isPrimitive()
                || classes.contains(element.getName())
                || HARMLESS.get(element)
                || packages.contains(element.getPackageName())
                || isBelowAny(element.getName());
    }

    /**
     * Whether reading runs no code that the bytes choose, or only what is part of an enum or record that anybody may hold: the initializer
     * of the class, the canonical constructor, and, when tables of the JDK are filled with records, their {@code hashCode},
     * {@code equals} and {@code compareTo}.
     */
    private static boolean isHarmless(Class<?> type) {
        // Of an interface nothing can be created: it stands in the type of an array.
        if (type.isInterface()) {
            return true;
        }
        if (type.isEnum()) {
            return !isCalledByOthers(type);
        }
        // The components of a record pass the filter too.
        if (type.isRecord()) {
            return !isCalledByOthers(type)
                    && !Externalizable.class.isAssignableFrom(type)
                    && !declaresReadResolve(type);
        }
        // Throwables of the JDK read their message, cause, stack trace and suppressed throwables, and check them.
        return Throwable.class.isAssignableFrom(type)
                && type.getModule() == Object.class.getModule()
                && PACKAGES_OF_THROWABLES.contains(type.getPackageName());
    }

    /** Objects of the JDK call these while they are read, so that bytes could combine them with arguments of their choice. */
    private static boolean isCalledByOthers(Class<?> type) {
        return Comparator.class.isAssignableFrom(type)
                || InvocationHandler.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type); // by sets that are made of maps
    }

    /** The only method that object streams themselves call on a record. */
    private static boolean declaresReadResolve(Class<?> type) {
        try {
            return Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals("readResolve") && method.getParameterCount() == 0);
        } catch (LinkageError e) {
            return true; // nobody knows
        }
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
