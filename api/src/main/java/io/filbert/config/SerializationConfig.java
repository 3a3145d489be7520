// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.DataSerializableFactory;
import io.filbert.serialization.PortableFactory;
import io.filbert.serialization.StreamSerializer;
import java.io.ObjectInputFilter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How objects become bytes. Made by {@link ClientConfig.Builder}, where each option is explained.
 *
 * @param bigEndian whether numbers in serialized objects have their high byte first
 * @param portableVersion the version of portable classes that do not give one
 * @param dataSerializableFactories make identified objects, by factory id
 * @param portableFactories make portable objects, by factory id
 * @param classDefinitions definitions of portable classes known from the start
 * @param checkClassDefinitionErrors whether definitions must be complete
 * @param compactSerializers serializers of classes in compact form
 * @param compactClasses classes written in compact form without a serializer, even if another form would come first
 * @param compactTypeFilter which type names of compact objects may be looked up as classes
 * @param customSerializers serializers of classes, and of their subclasses
 * @param globalSerializer serializer of everything without another one; may be null
 * @param javaSerializationAllowed patterns of classes that may be read by Java serialization, besides the JDK's values
 * @param javaSerializationFilter decides instead of the patterns; may be null
 * @param serializableAsCompact whether records and classes that implement {@code Serializable} are written in compact form
 * @param maxDecompressedBytes how large an object may become that a member or another client has compressed
 * @param classLoader where classes are looked up first; may be null
 * @param partitioningStrategy decides which object determines the partition of another one
 */
public record SerializationConfig(
        boolean bigEndian,
        int portableVersion,
        Map<Integer, DataSerializableFactory> dataSerializableFactories,
        Map<Integer, PortableFactory> portableFactories,
        List<ClassDefinition> classDefinitions,
        boolean checkClassDefinitionErrors,
        List<CompactSerializer<?>> compactSerializers,
        List<Class<?>> compactClasses,
        Predicate<String> compactTypeFilter,
        Map<Class<?>, StreamSerializer<?>> customSerializers,
        @Nullable StreamSerializer<?> globalSerializer,
        List<String> javaSerializationAllowed,
        @Nullable ObjectInputFilter javaSerializationFilter,
        boolean serializableAsCompact,
        int maxDecompressedBytes,
        @Nullable ClassLoader classLoader,
        PartitioningStrategy partitioningStrategy) {

    /** The options, with classes for what they are set to. */
    @Override
    public String toString() {
        return "SerializationConfig[bigEndian=" + bigEndian + ", portableVersion=" + portableVersion
                + ", dataSerializableFactories=" + namesOf(dataSerializableFactories)
                + ", portableFactories=" + namesOf(portableFactories) + ", classDefinitions="
                + classDefinitions.size() + ", checkClassDefinitionErrors=" + checkClassDefinitionErrors
                + ", compactSerializers="
                + compactSerializers.stream().map(SerializationConfig::nameOf).toList()
                + ", compactClasses="
                + compactClasses.stream().map(Class::getTypeName).toList()
                + ", compactTypeFilter=" + nameOf(compactTypeFilter) + ", customSerializers="
                + namesOf(customSerializers.entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().getTypeName(), Map.Entry::getValue)))
                + ", globalSerializer=" + nameOf(globalSerializer) + ", javaSerializationAllowed="
                + javaSerializationAllowed + ", javaSerializationFilter=" + nameOf(javaSerializationFilter)
                + ", serializableAsCompact=" + serializableAsCompact + ", maxDecompressedBytes=" + maxDecompressedBytes
                + ", classLoader=" + nameOf(classLoader)
                + ", partitioningStrategy="
                + (partitioningStrategy instanceof PartitioningStrategies named ? named : nameOf(partitioningStrategy))
                + "]";
    }

    private static <K> Map<K, String> namesOf(Map<K, ?> map) {
        Map<K, String> names = new TreeMap<>();
        map.forEach((key, value) -> names.put(key, nameOf(value)));
        return names;
    }

    private static String nameOf(@Nullable Object object) {
        return object == null ? "none" : object.getClass().getName();
    }
}
