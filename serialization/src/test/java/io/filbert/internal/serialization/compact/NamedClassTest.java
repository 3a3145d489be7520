// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.GenericRecord;
import java.io.Serializable;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which classes are made of bytes that only say a name. */
class NamedClassTest {

    private static final List<String> INITIALISED = new ArrayList<>();

    record Known(int a) {}

    static final class Tempting {
        static {
            INITIALISED.add("Tempting");
        }

        Tempting(int needed) {}
    }

    enum Choice {
        ONE
    }

    @SuppressWarnings("serial")
    static final class Old implements Serializable {
        int a = 1;
    }

    private final Schemas schemas = new Schemas();

    private Data of(String typeName) {
        return requireNonNull(TestServices.with(schemas)
                .toData(GenericRecord.compact(typeName).setInt32("a", 7).build()));
    }

    @Test
    void class_thatIsThere_isMade() {
        assertThat(TestServices.with(schemas).<Known>toObject(of(Known.class.getName())))
                .isEqualTo(new Known(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody.has.this.Class",
                "",
                "employee",
                "java.lang.Thread",
                "java.util.ArrayList",
                "javax.swing.JFrame",
                "sun.misc.Unsafe",
                "jdk.internal.misc.Unsafe",
                "int",
                "[I",
                "[Ljava.lang.String;",
                "io/filbert/Bad",
                "../../etc/passwd",
                "a b",
                "com.example.with.a.very.long.😀"
            })
    void otherNames_areReadWithoutClass(String typeName) {
        GenericRecord record = requireNonNull(TestServices.with(schemas).toObject(of(typeName)));
        assertThat(record.typeName()).isEqualTo(typeName);
        assertThat(record.getInt32("a")).isEqualTo(7);
    }

    /** A {@code GenericRecord} in their place ended as a bare ClassCastException where the object was used. */
    @Test
    void classesThatCannotBeCreated_areAnErrorThatSaysWhy_andNotEvenInitialised() {
        assertThatThrownBy(() -> TestServices.with(schemas).toObject(of(Tempting.class.getName())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'" + Tempting.class.getName() + "'")
                .hasMessageContaining("no constructor without parameters. Add one")
                .hasMessageContaining("compactTypeFilter");
        assertThatThrownBy(() -> TestServices.with(schemas).toObject(of(Choice.class.getName())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("is an enum");
        assertThat(TestServices.with(schemas, ClientConfig.builder().compactTypeFilter(name -> false))
                        .<Object>toObject(of(Tempting.class.getName())))
                .isInstanceOf(GenericRecord.class);
        assertThat(INITIALISED).isEmpty();
    }

    /** Written and read by the same rule: it was the class loader for writing, and the name for reading. */
    @ParameterizedTest
    @ValueSource(strings = {"javax.acme", "jdk.acme", "com.sun.acme", "sun.acme"})
    void packagesNamedLikeThoseOfTheJdk_areAsGoodAsOthers(String name, @TempDir Path directory) throws Exception {
        ClassLoader loader = compiled(directory, name, "package " + name + "; public record Bill(int x) {}", "Bill", null);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Object bill = loader.loadClass(name + ".Bill").getConstructor(int.class).newInstance(5);
            SerializationService service = TestServices.with(schemas);
            assertThat(service.<Object>toObject(service.toData(bill))).isEqualTo(bill);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    static final class Noisy {
        static {
            INITIALISED.add("Noisy");
        }

        @Nullable
        Loud loud;
    }

    enum Loud {
        ONE;

        static {
            INITIALISED.add("Loud");
        }
    }

    @Test
    void classesAreInitialisedWhenAnObjectIsMade_andNotWhenTheyAreJudged() throws Exception {
        JavaType type = new JavaTypes(Noisy.class, any -> false)
                .of("loud", Noisy.class.getDeclaredField("loud").getGenericType());
        assertThat(ClassPlan.of(Noisy.class, any -> false).reader()).isNotNull();
        assertThat(type.kinds()).containsExactly(FieldKind.STRING);
        assertThat(INITIALISED).isEmpty();
        Noisy noisy = requireNonNull(TestServices.with(schemas)
                .<Noisy>toObject(TestServices.with(schemas)
                        .toData(GenericRecord.compact(Noisy.class.getName())
                                .setString("loud", "ONE")
                                .build())));
        assertThat(noisy.loud).isEqualTo(Loud.ONE);
        assertThat(INITIALISED).containsExactly("Noisy", "Loud");
        INITIALISED.clear();
    }

    @Test
    void classesThatCannotBeLinked_areObstacles(@TempDir Path directory) throws Exception {
        String source = "package torn; public class Torn { private Part part; } class Part {}";
        ClassLoader loader = compiled(directory, "torn", source, "Torn", null);
        Files.delete(directory.resolve("out/torn/Part.class"));
        Object torn = loader.loadClass("torn.Torn").getDeclaredConstructor().newInstance();
        assertThatThrownBy(() -> new SerializationService().toData(torn))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("torn.Torn")
                .hasMessageContaining("cannot be loaded")
                .hasMessageContaining("Part");
    }

    @Test
    void filter_decides() {
        SerializationService strict = TestServices.with(
                schemas, ClientConfig.builder().compactTypeFilter(name -> name.startsWith("com.acme.")));
        assertThat(strict.<Object>toObject(of(Known.class.getName()))).isInstanceOf(GenericRecord.class);
    }

    @Test
    void registeredClasses_passAnyFilter_andComeBeforeOtherForms() {
        SerializationService strict = TestServices.with(
                schemas, ClientConfig.builder().compactTypeFilter(name -> false).compactClasses(Old.class));
        Data data = requireNonNull(strict.toData(new Old()));
        assertThat(data.typeId()).isEqualTo(-55);
        assertThat(strict.<Old>toObject(data)).isInstanceOf(Old.class);
    }

    @Test
    void genericRecord_insideOneWithoutClass_hasNoClassEither() {
        SerializationService service = TestServices.with(schemas);
        GenericRecord outer = GenericRecord.compact("outer")
                .setGenericRecord(
                        "inner",
                        GenericRecord.compact(Known.class.getName())
                                .setInt32("a", 1)
                                .build())
                .build();
        assertThat(service.<GenericRecord>toObject(service.toData(outer))).isEqualTo(outer);
    }

    @Test
    void class_isLookedUpWhereTheConfigurationSays_whateverTheThread(@TempDir Path directory) throws Exception {
        ClassLoader plugin =
                compiled(directory, "plugin", "package plugin; public record Late(int a) {}", "Late", null);
        SerializationService without = TestServices.with(schemas);
        SerializationService with =
                TestServices.with(schemas, ClientConfig.builder().classLoader(plugin));
        Data data = of("plugin.Late");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        for (ClassLoader context : new ClassLoader[] {before, plugin}) {
            thread.setContextClassLoader(context);
            try {
                assertThat(without.<Object>toObject(data)).isInstanceOf(GenericRecord.class);
                assertThat(with.<Object>toObject(data)).hasToString("Late[a=7]");
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    @Test
    void closedModules_areNamedWithWhatToOpen(@TempDir Path directory) throws Exception {
        String source = "package shop; public record Order(int a) {}";
        ClassLoader shop = compiled(directory, "shop", source, "Order", "module shop { exports shop; }");
        Object order =
                shop.loadClass("shop.Order").getDeclaredConstructor(int.class).newInstance(7);
        assertThatThrownBy(() -> new SerializationService().toData(order))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the module of shop.Order does not allow it")
                .hasMessageContaining("opens shop");
    }

    @Test
    void openModules_needNothing(@TempDir Path directory) throws Exception {
        String source = "package shop; record Order(int a) { static Object order() { return new Order(7); } }";
        ClassLoader shop = compiled(directory, "shop", source, "Order", "open module shop { }");
        var make = shop.loadClass("shop.Order").getDeclaredMethod("order");
        make.setAccessible(true);
        Object order = make.invoke(null);
        SerializationService service =
                TestServices.with(schemas, ClientConfig.builder().classLoader(shop));
        assertThat(service.<Object>toObject(service.toData(order))).isEqualTo(order);
    }

    static ClassLoader compiled(
            Path directory, String packageName, String source, String className, @Nullable String module)
            throws Exception {
        Path sources = Files.createDirectories(directory.resolve("src/" + packageName));
        List<String> arguments =
                new ArrayList<>(List.of("-d", directory.resolve("out").toString()));
        arguments.add(
                Files.writeString(sources.resolve(className + ".java"), source).toString());
        String declaration = module == null ? "open module " + packageName + " { }" : module;
        arguments.add(Files.writeString(directory.resolve("src/module-info.java"), declaration)
                .toString());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<Path> files = List.of(Path.of(arguments.get(2)), Path.of(arguments.get(3)));
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            messages,
                            manager,
                            null,
                            arguments.subList(0, 2),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(done).as(messages.toString()).isTrue();
        }
        ModuleFinder finder = ModuleFinder.of(directory.resolve("out"));
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), Set.of(packageName));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader())
                .findLoader(packageName);
    }
}
