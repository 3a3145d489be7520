// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.serialization.HazelcastJsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;

/**
 * The classes whose form every client knows, for which a serializer of the user would never be asked. The forms are elsewhere; a test
 * there says that both know the same classes.
 */
final class BuiltInClasses {

    static final Set<Class<?>> ALL = Set.of(
            Boolean.class,
            Byte.class,
            Character.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            byte[].class,
            boolean[].class,
            char[].class,
            short[].class,
            int[].class,
            long[].class,
            float[].class,
            double[].class,
            String[].class,
            Object[].class,
            UUID.class,
            AbstractMap.SimpleEntry.class,
            AbstractMap.SimpleImmutableEntry.class,
            Class.class,
            Date.class,
            BigInteger.class,
            BigDecimal.class,
            ArrayList.class,
            LinkedList.class,
            CopyOnWriteArrayList.class,
            HashMap.class,
            ConcurrentSkipListMap.class,
            ConcurrentHashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            HashSet.class,
            TreeSet.class,
            LinkedHashSet.class,
            CopyOnWriteArraySet.class,
            ConcurrentSkipListSet.class,
            ArrayDeque.class,
            LinkedBlockingQueue.class,
            ArrayBlockingQueue.class,
            PriorityBlockingQueue.class,
            DelayQueue.class,
            SynchronousQueue.class,
            LinkedTransferQueue.class,
            PriorityQueue.class,
            Optional.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            HazelcastJsonValue.class);

    private BuiltInClasses() {}
}
