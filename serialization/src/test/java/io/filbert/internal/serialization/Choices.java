// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Random numbers that are chosen beforehand, and zero when there are no more. What a source of random values makes of them becomes smaller
 * with them: a property that fails finds a small object by itself. Not thread-safe.
 */
public final class Choices extends Random {

    private static final long serialVersionUID = 1;

    private final long[] numbers;
    private int next;

    public Choices(long[] numbers) {
        this.numbers = numbers.clone();
    }

    /** Up to so many numbers, the extreme ones among them more often than by chance. */
    public static Arbitrary<long[]> numbers(int most) {
        return Arbitraries.longs()
                .array(long[].class)
                .ofMaxSize(most)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    /** What the source makes of up to so many numbers. */
    public static <T extends @Nullable Object> Arbitrary<T> of(int most, Function<Random, T> source) {
        return numbers(most).map(numbers -> source.apply(new Choices(numbers)));
    }

    @Override
    public long nextLong() {
        return next < numbers.length ? numbers[next++] : 0;
    }

    @Override
    protected int next(int bits) {
        return (int) nextLong() >>> (Integer.SIZE - bits);
    }

    /** Unlike that of the JDK it leaves small numbers as they are, and makes the greatest of -1. */
    @Override
    public int nextInt(int bound) {
        return Math.floorMod(nextLong(), bound);
    }

    @Override
    public int nextInt(int origin, int bound) {
        return (int) nextLong(origin, bound);
    }

    @Override
    public long nextLong(long bound) {
        return Math.floorMod(nextLong(), bound);
    }

    @Override
    public long nextLong(long origin, long bound) {
        return origin + nextLong(bound - origin);
    }
}
