// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/** One supported class with a source of random values, whose equality survives being written and read. */
record Kind(Class<?> type, Function<Random, Object> random) {
    private static final int MAX_LENGTH = 20;

    static List<Kind> all() {
        return List.of(
                new Kind(Boolean.class, Random::nextBoolean),
                new Kind(Byte.class, r -> (byte) r.nextInt()),
                new Kind(Character.class, r -> (char) r.nextInt()),
                new Kind(Short.class, r -> (short) r.nextInt()),
                new Kind(Integer.class, Random::nextInt),
                new Kind(Long.class, Random::nextLong),
                new Kind(Float.class, r -> Float.intBitsToFloat(r.nextInt())),
                new Kind(Double.class, r -> Double.longBitsToDouble(r.nextLong())),
                new Kind(String.class, Kind::text),
                new Kind(byte[].class, r -> bytes(r, length(r))),
                new Kind(boolean[].class, r -> {
                    boolean[] values = new boolean[length(r)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = r.nextBoolean();
                    }
                    return values;
                }),
                new Kind(char[].class, r -> {
                    char[] values = new char[length(r)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (char) r.nextInt();
                    }
                    return values;
                }),
                new Kind(short[].class, r -> {
                    short[] values = new short[length(r)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (short) r.nextInt();
                    }
                    return values;
                }),
                new Kind(int[].class, r -> r.ints(length(r)).toArray()),
                new Kind(long[].class, r -> r.longs(length(r)).toArray()),
                new Kind(float[].class, r -> {
                    float[] values = new float[length(r)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = Float.intBitsToFloat(r.nextInt());
                    }
                    return values;
                }),
                new Kind(
                        double[].class,
                        r -> r.longs(length(r))
                                .mapToDouble(Double::longBitsToDouble)
                                .toArray()),
                new Kind(String[].class, r -> {
                    String[] values = new String[length(r)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = r.nextInt(8) == 0 ? null : text(r);
                    }
                    return values;
                }),
                new Kind(UUID.class, r -> new UUID(r.nextLong(), r.nextLong())),
                new Kind(BigInteger.class, Kind::bigInteger),
                new Kind(BigDecimal.class, r -> new BigDecimal(bigInteger(r), r.nextInt())),
                new Kind(Object[].class, r -> objects(r, 3)),
                new Kind(LocalDate.class, Kind::date),
                new Kind(LocalTime.class, Kind::time),
                new Kind(LocalDateTime.class, r -> LocalDateTime.of(date(r), time(r))),
                new Kind(
                        OffsetDateTime.class,
                        r -> OffsetDateTime.of(
                                date(r),
                                time(r),
                                ZoneOffset.ofTotalSeconds(r.nextInt(2 * 18 * 3600 + 1) - 18 * 3600))));
    }

    private static int length(Random r) {
        return r.nextInt(MAX_LENGTH);
    }

    private static byte[] bytes(Random r, int length) {
        byte[] values = new byte[length];
        r.nextBytes(values);
        return values;
    }

    /** Half of the texts are ASCII; the others mix characters of one to four bytes. */
    static String text(Random r) {
        int[] bounds = r.nextBoolean() ? new int[] {0x80} : new int[] {0x80, 0x100, 0x800, 0x10000, 0x110000};
        StringBuilder text = new StringBuilder();
        for (int i = length(r); i > 0; i--) {
            int codePoint = r.nextInt(bounds[r.nextInt(bounds.length)]);
            text.appendCodePoint(codePoint >= 0xD800 && codePoint <= 0xDFFF ? 'x' : codePoint);
        }
        return text.toString();
    }

    private static BigInteger bigInteger(Random r) {
        return r.nextInt(4) == 0
                ? BigInteger.ONE.shiftLeft(8 * r.nextInt(20) + 7).subtract(BigInteger.valueOf(r.nextInt(3)))
                : new BigInteger(bytes(r, 1 + length(r)));
    }

    private static LocalDate date(Random r) {
        return LocalDate.ofYearDay(r.nextInt(2_000_000_000) - 999_999_999, 1 + r.nextInt(365));
    }

    private static LocalTime time(Random r) {
        return LocalTime.ofNanoOfDay((long) (r.nextDouble() * 86_400_000_000_000L));
    }

    private static Object[] objects(Random r, int levels) {
        List<Kind> kinds = all();
        Object[] values = new Object[r.nextInt(5)];
        for (int i = 0; i < values.length; i++) {
            Kind kind = kinds.get(r.nextInt(kinds.size()));
            if (kind.type != Object[].class) {
                values[i] = kind.random.apply(r);
            } else {
                values[i] = levels == 0 ? null : objects(r, levels - 1);
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
