// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.metrics.MetricConsumer;
import com.hazelcast.internal.metrics.MetricDescriptor;
import com.hazelcast.internal.metrics.ProbeUnit;
import com.hazelcast.internal.metrics.impl.MetricsCompressor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsBlobTest {

    private static final List<Metric> PUBLISHED = List.of(
            new Metric("nearcache", "creationTime", "name", "m1", Unit.MILLISECONDS, 1000L),
            new Metric("nearcache", "hits", "name", "m1", Unit.COUNT, 5L),
            Metric.of("os", "systemLoadAverage", null, 1.5));

    private static final String PUBLISHED_DICTIONARY =
            "0000000700000001000c006300720065006100740069006f006e00540069006d00650000000400040068006900740073"
                    + "000000030002006d0031000000020004006e0061006d006500000000010800650061007200630061006300680065"
                    + "000000050002006f007300000006001100730079007300740065006d004c006f0061006400410076006500720061"
                    + "00670065";

    private static final String PUBLISHED_METRICS = "000000000000000001000000020000000301000000000000000000"
            + "03e86d0000000404000000000000000005600000000500000006ffffffffffffffffff013ff8000000000000";

    @Test
    void encode_publishedMetrics_givesThePublishedBytes() {
        WordList words = new WordList();

        byte[] body = MetricsBlob.body(PUBLISHED, words);

        assertThat(HexFormat.of().formatHex(body)).isEqualTo(PUBLISHED_METRICS);
        assertThat(HexFormat.of().formatHex(MetricsBlob.dictionary(words))).isEqualTo(PUBLISHED_DICTIONARY);
    }

    @Test
    void encode_publishedMetrics_framesBothPartsCompressed() throws DataFormatException {
        ByteBuffer blob = ByteBuffer.wrap(MetricsBlob.encode(PUBLISHED));

        assertThat(blob.getShort()).as("version").isEqualTo((short) 1);
        byte[] dictionary = new byte[blob.getInt()];
        blob.get(dictionary);
        assertThat(inflated(dictionary)).isEqualTo(PUBLISHED_DICTIONARY);
        assertThat(blob.getInt()).as("number of metrics").isEqualTo(3);
        byte[] metrics = new byte[blob.remaining()];
        blob.get(metrics);
        assertThat(inflated(metrics)).isEqualTo(PUBLISHED_METRICS);
    }

    private static String inflated(byte[] zlib) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(zlib);
            byte[] bytes = new byte[10_000];
            int length = inflater.inflate(bytes);
            assertThat(inflater.finished()).isTrue();
            return HexFormat.of().formatHex(bytes, 0, length);
        } finally {
            inflater.end();
        }
    }

    @Test
    void encode_noMetrics_isReadAsNone() {
        assertThat(readByMember(MetricsBlob.encode(List.of()))).isEmpty();
    }

    @Test
    void encode_anyMetrics_areReadBackByTheMembersOwnReader() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Metric> metrics = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                metrics.add(anyMetric(random));
            }

            assertThat(readByMember(MetricsBlob.encode(metrics)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(metrics);
        }
    }

    private static Metric anyMetric(Random random) {
        boolean several = random.nextBoolean();
        Unit[] units = Unit.values();
        return new Metric(
                anyWord(random),
                anyWord(random),
                several ? anyWord(random) : null,
                several ? anyWord(random) : null,
                random.nextInt(4) == 0 ? null : units[random.nextInt(units.length)],
                random.nextBoolean() ? (Number) random.nextLong() : (Number) random.nextDouble());
    }

    /** Few letters, so that words share beginnings and come again; sometimes the longest there may be. */
    private static String anyWord(Random random) {
        if (random.nextInt(20) == 0) {
            return "ä".repeat(WordList.LONGEST_WORD - 1) + (char) ('a' + random.nextInt(3));
        }
        StringBuilder word = new StringBuilder();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    @Test
    void encode_wordTooLong_leavesOutThatMetricAndItsWordsOnly() {
        String tooLong = "x".repeat(WordList.LONGEST_WORD + 1);
        Metric first = Metric.of("os", "a", null, 1L);
        Metric last = Metric.of("os", "b", Unit.BYTES, 2L);

        byte[] blob =
                MetricsBlob.encode(List.of(first, new Metric("unused", "hits", "name", tooLong, Unit.COUNT, 7L), last));

        assertThat(readByMember(blob)).containsExactly(first, last);
        assertThat(blob).isEqualTo(MetricsBlob.encode(List.of(first, last)));
    }

    private static List<Metric> readByMember(byte[] blob) {
        List<Metric> read = new ArrayList<>();
        MetricsCompressor.extractMetrics(blob, new MetricConsumer() {
            @Override
            public void consumeLong(MetricDescriptor descriptor, long value) {
                read.add(metric(descriptor, value));
            }

            @Override
            public void consumeDouble(MetricDescriptor descriptor, double value) {
                read.add(metric(descriptor, value));
            }
        });
        return read;
    }

    private static Metric metric(MetricDescriptor descriptor, Number value) {
        assertThat(descriptor.tagCount()).isZero();
        assertThat(descriptor.excludedTargets()).isEmpty();
        return new Metric(
                descriptor.prefix(),
                descriptor.metric(),
                descriptor.discriminator(),
                descriptor.discriminatorValue(),
                unit(descriptor.unit()),
                value);
    }

    private static @Nullable Unit unit(@Nullable ProbeUnit theirs) {
        if (theirs == null) {
            return null;
        }
        return switch (theirs) {
            case BYTES -> Unit.BYTES;
            case MS -> Unit.MILLISECONDS;
            case COUNT -> Unit.COUNT;
            default -> throw new AssertionError("a unit that was not written: " + theirs);
        };
    }
}
