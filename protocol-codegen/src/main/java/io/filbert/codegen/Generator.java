// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The program the build runs: reads every {@code *.schema} file of a directory and writes the sources. Files whose
 * content did not change are left untouched, so that an incremental build has nothing to do; files that no longer belong
 * there are deleted.
 */
public final class Generator {
    private Generator() {}

    /** Takes the side, the part of the schema, the schema directory and the output directory. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException(
                    "usage: Generator client|member " + Part.words() + " SCHEMA-DIRECTORY OUTPUT-DIRECTORY");
        }
        generate(Side.of(arguments[0]), Part.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
    }

    static void generate(Side side, Part part, Path schemaDirectory, Path output) throws IOException {
        Map<String, String> sources = sources(side, part, parse(schemaDirectory));
        deleteStale(output, sources);
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path path = output.resolve(source.getKey());
            if (!Files.exists(path) || !Files.readString(path).equals(source.getValue())) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, source.getValue());
            }
        }
    }

    /** Reads every schema file of a directory. */
    public static Schema parse(Path schemaDirectory) throws IOException {
        SchemaParser parser = new SchemaParser();
        try (Stream<Path> files = Files.list(schemaDirectory)) {
            List<Path> sorted = files.filter(each -> each.toString().endsWith(".schema"))
                    .sorted()
                    .toList();
            for (Path each : sorted) {
                parser.parse(each.getFileName().toString(), Files.readAllLines(each));
            }
        }
        return parser.schema();
    }

    /**
     * Content of each file to write, by its path below the output directory. What both sides share comes with the
     * client's; constants and the table of requests come with what is shipped.
     */
    static Map<String, String> sources(Side side, Part part, Schema schema) {
        List<SourceFile> files = new ArrayList<>();
        List<Method> methods = part.methods(schema);
        methods.forEach(each -> files.add(CodecEmitter.emit(side, each, schema.types())));
        if (side == Side.CLIENT) {
            part.types(schema).forEach(each -> {
                files.add(TypeEmitter.emitRecord(each));
                files.add(TypeEmitter.emitWireType(each));
            });
            if (part != Part.TESTS_ONLY) {
                schema.constants().forEach(each -> files.add(ConstantsEmitter.emit(each)));
                files.add(MessageTableEmitter.emit(Part.SHIPPED.methods(schema), schema.types()));
            }
        }
        Map<String, String> sources = new LinkedHashMap<>();
        files.forEach(each -> sources.put(each.path(), each.toString()));
        return sources;
    }

    private static void deleteStale(Path output, Map<String, String> sources) throws IOException {
        if (!Files.isDirectory(output)) {
            return;
        }
        List<Path> existing;
        try (Stream<Path> files = Files.walk(output)) {
            existing = files.filter(Files::isRegularFile).toList();
        }
        for (Path each : existing) {
            if (!sources.containsKey(output.relativize(each).toString().replace('\\', '/'))) {
                Files.delete(each);
            }
        }
    }
}
