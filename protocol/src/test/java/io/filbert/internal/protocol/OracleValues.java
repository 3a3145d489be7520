// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import io.filbert.codegen.Schema.CustomType;
import io.filbert.codegen.Schema.Field;
import io.filbert.internal.protocol.type.AnchorDataListHolder;
import io.filbert.internal.protocol.type.PagingPredicateHolder;
import io.filbert.internal.protocol.type.SqlPage;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Random values a real member accepts: while it decodes it turns numbers into enums, checks ranges and keeps things in
 * hash tables, which lose their order.
 */
final class OracleValues extends RandomValues {
    private record Range(int from, int to) {}

    private static final int MANY = 1000;

    private static final Map<String, Range> RANGES = Map.ofEntries(
            Map.entry("BitmapIndexOptions.uniqueKeyTransformation", new Range(0, 2)),
            Map.entry("CacheEventData.cacheEventType", new Range(1, 9)),
            Map.entry("Capacity.unit", new Range(0, 3)),
            Map.entry("Capacity.value", new Range(0, MANY)),
            Map.entry("CacheConfigHolder.backupCount", new Range(0, 3)),
            Map.entry("CacheConfigHolder.asyncBackupCount", new Range(0, 3)),
            Map.entry("ClientBwListEntry.type", new Range(0, 2)),
            Map.entry("DurationConfig.timeUnit", new Range(0, 6)),
            Map.entry("DurationConfig.durationAmount", new Range(0, MANY)),
            // members and clients have one qualifier each, whatever the identifier
            Map.entry("EndpointQualifier.type", new Range(2, 2)),
            Map.entry("EventJournalConfig.capacity", new Range(1, MANY)),
            Map.entry("EventJournalConfig.timeToLiveSeconds", new Range(0, MANY)),
            Map.entry("EvictionConfigHolder.size", new Range(1, MANY)),
            Map.entry("FieldDescriptor.kind", new Range(1, 46)),
            Map.entry("IndexConfig.type", new Range(0, 2)),
            Map.entry("JobAndSqlSummary.status", new Range(0, 7)),
            Map.entry("ListenerConfigHolder.listenerType", new Range(0, 5)),
            Map.entry("MemberVersion.major", new Range(0, 127)),
            Map.entry("MemberVersion.minor", new Range(0, 127)),
            Map.entry("MemberVersion.patch", new Range(0, 127)),
            Map.entry("MergePolicyConfig.batchSize", new Range(1, MANY)),
            Map.entry("MerkleTreeConfig.depth", new Range(2, 27)),
            Map.entry("NearCachePreloaderConfig.storeInitialDelaySeconds", new Range(1, MANY)),
            Map.entry("NearCachePreloaderConfig.storeIntervalSeconds", new Range(1, MANY)),
            Map.entry("SqlColumnMetadata.type", new Range(0, 16)),
            Map.entry("TimedExpiryPolicyFactoryConfig.expiryPolicyType", new Range(0, 4)),
            Map.entry("VectorIndexConfig.dimension", new Range(1, MANY)),
            Map.entry("VectorIndexConfig.efConstruction", new Range(1, MANY)),
            Map.entry("VectorIndexConfig.maxDegree", new Range(1, MANY)),
            Map.entry("VectorIndexConfig.metric", new Range(0, 2)),
            Map.entry("VectorPair.type", new Range(0, 0)),
            Map.entry("VectorSearchOptions.limit", new Range(1, MANY)),
            Map.entry("Version.major", new Range(0, 127)),
            Map.entry("Version.minor", new Range(0, 127)));

    private int names;

    OracleValues(long seed) {
        super(seed, 3);
    }

    @Override
    int maxUnordered() {
        return 1;
    }

    @Override
    Object custom(CustomType type) {
        if (!type.name().equals("PagingPredicateHolder")) {
            return super.custom(type);
        }
        // one key and several are two ways to say the same
        PagingPredicateHolder any = (PagingPredicateHolder) super.custom(type);
        Data key = any.partitionKeyData();
        return new PagingPredicateHolder(
                any.anchorDataListHolder(),
                any.predicateData(),
                any.comparatorData(),
                any.pageSize(),
                any.page(),
                any.iterationTypeId(),
                key,
                key == null ? null : List.of(key));
    }

    @Override
    @Nullable
    Object field(String owner, Field field) {
        String name = owner + "." + field.name();
        Range range = RANGES.get(name);
        if (range != null) {
            return number(field.type().name(), range.from + random().nextInt(range.to - range.from + 1));
        }
        return switch (name) {
            // set or not is all that becomes of it
            case "MerkleTreeConfig.enabledSet" -> true;
            case "AttributeConfig.name", "AttributeConfig.extractorClassName" -> "name" + names++;
            case "MergePolicyConfig.policy", "IndexConfig.name", "VectorPair.name", "VectorIndexConfig.name" ->
                "name" + names++;
            // an absent one becomes one with defaults
            case "IndexConfig.bitmapIndexOptions", "IndexConfig.bTreeIndexConfig", "VectorSearchOptions.hints" ->
                value(field.type().required());
            case "IndexConfig.attributes" -> List.of("attribute" + names++, "attribute" + names++);
            case "VectorPair.vector" -> new float[] {random().nextFloat(), random().nextFloat()};
            case ".vectors" ->
                List.of(Objects.requireNonNull(value(field.type().arguments().get(0))));
            case "Schema.fields", "VectorDocument.vectors", "VectorSearchResult.vectors" -> atMostOne(field);
            case "PagingPredicateHolder.anchorDataListHolder" -> anchors();
            default -> super.field(owner, field);
        };
    }

    private static Object number(String type, int value) {
        return switch (type) {
            case "byte" -> (byte) value;
            case "long" -> (long) value;
            default -> value;
        };
    }

    private List<?> atMostOne(Field field) {
        List<?> list = (List<?>) Objects.requireNonNull(value(field.type().required()));
        return list.subList(0, Math.min(1, list.size()));
    }

    /** The peer cannot tell the rows of a page without columns. */
    @Override
    SqlPage sqlPage() {
        SqlPage page = super.sqlPage();
        return page.columns().isEmpty() ? sqlPage() : page;
    }

    /** As many pages as anchors. */
    private AnchorDataListHolder anchors() {
        int count = random().nextInt(4);
        List<Map.Entry<Data, Data>> anchors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            anchors.add(new SimpleImmutableEntry<>(data(), data()));
        }
        return new AnchorDataListHolder(random().ints(count).toArray(), anchors);
    }
}
