// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.config.ClientConfig;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import io.filbert.serialization.PortableWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A portable object whose class a test makes up: ids, version, and what is written and read. Everything is of factory 1. */
final class Sample implements Portable {

    static final int FACTORY = 1;

    interface Writing {
        void to(PortableWriter writer) throws IOException;
    }

    interface Reading {
        @Nullable
        Object from(PortableReader reader) throws IOException;
    }

    private final int classId;
    private final int version;
    private final Writing writing;
    private final Reading reading;
    private @Nullable Object result;

    private Sample(int classId, int version, Writing writing, Reading reading) {
        this.classId = classId;
        this.version = version;
        this.writing = writing;
        this.reading = reading;
    }

    /** An object to be written, of the version the service is configured with. */
    static Sample writing(int classId, Writing writing) {
        return writing(classId, -1, writing);
    }

    static Sample writing(int classId, int version, Writing writing) {
        return new Sample(classId, version, writing, reader -> null);
    }

    /** An object to be read. */
    static Sample reading(int classId, Reading reading) {
        return reading(classId, -1, reading);
    }

    static Sample reading(int classId, int version, Reading reading) {
        return new Sample(classId, version, writer -> {}, reading);
    }

    /** What has been read. */
    @Nullable
    Object result() {
        return result;
    }

    @Override
    public int getFactoryId() {
        return FACTORY;
    }

    @Override
    public int getClassId() {
        return classId;
    }

    @Override
    public int getClassVersion() {
        return version;
    }

    @Override
    public void writePortable(PortableWriter writer) throws IOException {
        writing.to(writer);
    }

    @Override
    public void readPortable(PortableReader reader) throws IOException {
        result = reading.from(reader);
    }

    // ---- services

    /** A service that knows how to read objects of some classes. */
    static SerializationService service(Map<Integer, Reading> classes, ClassDefinition... definitions) {
        return service(0, classes, definitions);
    }

    static SerializationService service(
            int portableVersion, Map<Integer, Reading> classes, ClassDefinition... definitions) {
        return service(config -> config.portableVersion(portableVersion)
                .classDefinitions(List.of(definitions))
                .portableFactories(Map.of(FACTORY, classId -> {
                    Reading reading = classes.get(classId);
                    return reading == null ? null : reading(classId, reading);
                })));
    }

    static SerializationService service(UnaryOperator<ClientConfig.Builder> options) {
        return new SerializationService(
                options.apply(ClientConfig.builder()).build().serialization());
    }
}
