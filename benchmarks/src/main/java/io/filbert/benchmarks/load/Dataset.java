// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import java.util.Random;

/** The entries calls read and write: keys {@code key-0}, {@code key-1}, … and one value of random bytes for all of them. */
public final class Dataset {

    private static final int BYTES = 16 << 20;
    private static final int MOST_KEYS = 10_000;

    private final String mapName;
    private final String[] keys;
    private final byte[] value;

    public Dataset(int valueBytes) {
        this(valueBytes, Math.max(100, Math.min(MOST_KEYS, BYTES / valueBytes)));
    }

    Dataset(int valueBytes, int keyCount) {
        mapName = "benchmark-" + valueBytes;
        keys = new String[keyCount];
        for (int i = 0; i < keyCount; i++) {
            keys[i] = "key-" + i;
        }
        value = new byte[valueBytes];
        new Random(valueBytes).nextBytes(value);
    }

    public String mapName() {
        return mapName;
    }

    public int keyCount() {
        return keys.length;
    }

    public String key(int index) {
        return keys[index];
    }

    /** The array itself; nobody changes it. */
    public byte[] value() {
        return value;
    }
}
