// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.FieldDefinition;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All definitions of portable classes this client knows, and which version of each class is its own. Lookups take no lock: they probe a
 * table that is never changed, only replaced. Thread-safe.
 */
final class ClassDefinitions {

    /** Definitions found in streams are kept up to so many bytes: a program needs far fewer, damaged bytes may say anything. */
    private static final long MOST_DISCOVERED = 16 << 20;

    private final boolean bigEndian;
    private final ReentrantLock registering = new ReentrantLock();
    private final ConcurrentMap<Long, Integer> ownVersions = new ConcurrentHashMap<>();
    private volatile @Nullable Layout[] table = new @Nullable Layout[16];
    private int size;
    private long discovered;

    ClassDefinitions(boolean bigEndian) {
        this.bigEndian = bigEndian;
    }

    /** The definition with this identity; null if it is not known. */
    @Nullable
    Layout find(int factoryId, int classId, int version) {
        @Nullable Layout[] current = table;
        int mask = current.length - 1;
        for (int slot = slot(factoryId, classId, version, mask); ; slot = (slot + 1) & mask) {
            Layout layout = current[slot];
            if (layout == null || layout.isOf(factoryId, classId, version)) {
                return layout;
            }
        }
    }

    /** The definition of the version of a class that this client would write, or else of any version; null if none is known. */
    @Nullable
    Layout findAny(int factoryId, int classId, int portableVersion) {
        int version = ownVersions.getOrDefault(key(factoryId, classId), portableVersion);
        Layout found = find(factoryId, classId, version);
        if (found != null) {
            return found;
        }
        for (Layout layout : table) {
            if (layout != null
                    && layout.definition.factoryId() == factoryId
                    && layout.definition.classId() == classId) {
                return layout;
            }
        }
        return null;
    }

    /**
     * Adds a definition that a program has given: by configuration or by writing an object.
     *
     * @return the one to use, which is older if two threads came at once
     * @throws io.filbert.error.SerializationException if there is a different one with the same identity
     */
    Layout register(ClassDefinition definition) {
        return add(definition, true, false);
    }

    /**
     * Adds a definition found in a stream.
     *
     * @param complete whether all nested definitions were found too; if not, objects are only read by it
     */
    Layout discover(ClassDefinition definition, boolean complete) {
        return add(definition, complete, true);
    }

    private Layout add(ClassDefinition definition, boolean complete, boolean found) {
        Layout added = new Layout(definition, complete, bigEndian);
        registering.lock();
        try {
            Layout known = find(definition.factoryId(), definition.classId(), definition.version());
            if (known != null) {
                requireSame(known.definition, definition);
                if (known.complete || !complete) {
                    return known;
                }
            }
            if (found) {
                discovered += added.weight();
                if (discovered > MOST_DISCOVERED) {
                    return added;
                }
            }
            put(added, known == null);
            return added;
        } finally {
            registering.unlock();
        }
    }

    private void put(Layout added, boolean isNew) {
        @Nullable Layout[] old = table;
        boolean full = isNew && 2 * (size + 1) > old.length;
        @Nullable Layout[] copy = full ? new @Nullable Layout[2 * old.length] : old.clone();
        if (full) {
            for (Layout layout : old) {
                if (layout != null) {
                    put(copy, layout);
                }
            }
        }
        put(copy, added);
        if (isNew) {
            size++;
        }
        table = copy;
    }

    private static void put(@Nullable Layout[] target, Layout layout) {
        ClassDefinition definition = layout.definition;
        int mask = target.length - 1;
        int slot = slot(definition.factoryId(), definition.classId(), definition.version(), mask);
        for (Layout there = target[slot]; there != null; there = target[slot]) {
            if (there.isOf(definition.factoryId(), definition.classId(), definition.version())) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        target[slot] = layout;
    }

    private static int slot(int factoryId, int classId, int version, int mask) {
        int hash = (31 * (31 * factoryId + classId) + version) * 0x9E3779B9;
        return (hash ^ (hash >>> 16)) & mask;
    }

    /** The version of a nested class may differ: each object says its own. */
    private static void requireSame(ClassDefinition known, ClassDefinition other) {
        List<FieldDefinition> left = known.fields();
        List<FieldDefinition> right = other.fields();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            FieldDefinition one = i < left.size() ? left.get(i) : null;
            FieldDefinition two = i < right.size() ? right.get(i) : null;
            if (one == null
                    || two == null
                    || !one.name().equals(two.name())
                    || one.type() != two.type()
                    || one.factoryId() != two.factoryId()
                    || one.classId() != two.classId()) {
                throw PortableErrors.conflict(known, one, two);
            }
        }
    }

    /**
     * Remembers the version of a class, which is the same for all its objects in one client. Version 0, which classes have that know
     * nothing of versions, may be followed by another one.
     */
    void requireOneVersion(int factoryId, int classId, int version) {
        Long key = key(factoryId, classId);
        Integer own = version > 0 ? ownVersions.putIfAbsent(key, version) : ownVersions.get(key);
        if (own != null && own != version) {
            throw PortableErrors.secondVersion(factoryId, classId, own, version);
        }
        if (own == null && version > 0) {
            Layout unversioned = find(factoryId, classId, 0);
            if (unversioned != null) {
                unversioned.ofOwnVersion = false;
            }
        }
    }

    private static long key(int factoryId, int classId) {
        return ((long) factoryId << Integer.SIZE) | (classId & 0xFFFF_FFFFL);
    }
}
