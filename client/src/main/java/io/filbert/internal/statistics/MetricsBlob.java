// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Metrics in the compressed form that members pass on to management tools: a list of the words in use, then the metrics, each without
 * what is as in the one before. Everything is big-endian. Stateless.
 *
 * <pre>
 * short version, int length of the words, the words compressed, int number of metrics, the metrics compressed
 * </pre>
 */
final class MetricsBlob {

    private static final short VERSION = 1;

    private static final int SAME_PREFIX = 1;
    private static final int SAME_NAME = 1 << 1;
    private static final int SAME_DISCRIMINATOR = 1 << 2;
    private static final int SAME_DISCRIMINATOR_VALUE = 1 << 3;
    private static final int SAME_UNIT = 1 << 4;
    private static final int SAME_EXCLUDED_TARGETS = 1 << 5;
    private static final int SAME_TAG_COUNT = 1 << 6;

    private static final int NO_UNIT = -1;
    private static final int NO_EXCLUDED_TARGETS = 0;
    private static final int NO_TAGS = 0;

    private static final int LONG_VALUE = 0;
    private static final int DOUBLE_VALUE = 1;

    private MetricsBlob() {}

    /** Metrics with a word that is too long for the form are left out. */
    static byte[] encode(List<Metric> metrics) {
        List<Metric> fitting = metrics.stream().filter(MetricsBlob::fits).toList();
        WordList words = new WordList();
        byte[] body = body(fitting, words);
        byte[] dictionary = compressed(dictionary(words));
        return bytes(out -> {
            out.writeShort(VERSION);
            out.writeInt(dictionary.length);
            out.write(dictionary);
            out.writeInt(fitting.size());
            out.write(compressed(body));
        });
    }

    private static boolean fits(Metric metric) {
        return WordList.canHold(metric.prefix())
                && WordList.canHold(metric.name())
                && WordList.canHold(metric.discriminator())
                && WordList.canHold(metric.discriminatorValue());
    }

    static byte[] dictionary(WordList words) {
        return bytes(words::writeTo);
    }

    static byte[] body(List<Metric> metrics, WordList words) {
        return bytes(out -> {
            Metric previous = null;
            for (Metric metric : metrics) {
                write(metric, previous == null ? 0 : sameAs(previous, metric), words, out);
                previous = metric;
            }
        });
    }

    private static int sameAs(Metric previous, Metric metric) {
        return (metric.prefix().equals(previous.prefix()) ? SAME_PREFIX : 0)
                | (metric.name().equals(previous.name()) ? SAME_NAME : 0)
                | (Objects.equals(metric.discriminator(), previous.discriminator()) ? SAME_DISCRIMINATOR : 0)
                | (Objects.equals(metric.discriminatorValue(), previous.discriminatorValue())
                        ? SAME_DISCRIMINATOR_VALUE
                        : 0)
                | (metric.unit() == previous.unit() ? SAME_UNIT : 0)
                | SAME_EXCLUDED_TARGETS
                | SAME_TAG_COUNT;
    }

    private static void write(Metric metric, int mask, WordList words, DataOutputStream out) throws IOException {
        out.writeByte(mask);
        if ((mask & SAME_PREFIX) == 0) {
            out.writeInt(words.number(metric.prefix()));
        }
        if ((mask & SAME_NAME) == 0) {
            out.writeInt(words.number(metric.name()));
        }
        if ((mask & SAME_DISCRIMINATOR) == 0) {
            out.writeInt(words.number(metric.discriminator()));
        }
        if ((mask & SAME_DISCRIMINATOR_VALUE) == 0) {
            out.writeInt(words.number(metric.discriminatorValue()));
        }
        if ((mask & SAME_UNIT) == 0) {
            Unit unit = metric.unit();
            out.writeByte(unit == null ? NO_UNIT : unit.id());
        }
        if ((mask & SAME_EXCLUDED_TARGETS) == 0) {
            out.writeByte(NO_EXCLUDED_TARGETS);
        }
        if ((mask & SAME_TAG_COUNT) == 0) {
            out.writeByte(NO_TAGS);
        }
        if (metric.value() instanceof Double value) {
            out.writeByte(DOUBLE_VALUE);
            out.writeDouble(value);
        } else {
            out.writeByte(LONG_VALUE);
            out.writeLong(metric.value().longValue());
        }
    }

    private static byte[] compressed(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (DeflaterOutputStream compressing = new DeflaterOutputStream(out, deflater)) {
                compressing.write(bytes);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
