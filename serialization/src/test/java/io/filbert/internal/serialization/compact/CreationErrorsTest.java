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
import io.filbert.serialization.GenericRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of objects that cannot be created from their fields: each names the type, the field, and what to change. */
class CreationErrorsTest {

    record Address(String city) {}

    record Person(Address home) {}

    record People(List<Address> homes) {}

    record Guest(Optional<Address> home) {}

    record Directory(Map<String, Address> homes) {}

    record Rows(Address[] homes) {}

    private final Schemas schemas = new Schemas();
    private final SerializationService service = TestServices.with(schemas);

    private Data of(Class<?> type, Consumer<GenericRecord.Builder> fields) {
        GenericRecord.Builder record = GenericRecord.compact(type.getName());
        fields.accept(record);
        return requireNonNull(service.toData(record.build()));
    }

    /** It was "Cannot cast GenericRecord to Address". */
    @Test
    void nestedObjectOfARefusedType_namesFieldAndOption() {
        SerializationService filtering = TestServices.with(
                schemas,
                ClientConfig.builder().compactTypeFilter(name -> !name.equals(Address.class.getName())));
        Address home = new Address("Rome");
        for (Object value : List.of(
                new Person(home),
                new People(List.of(home)),
                new Guest(Optional.of(home)),
                new Directory(Map.of("a", home)),
                new Rows(new Address[] {home}))) {
            assertThatThrownBy(() -> filtering.toObject(service.toData(value)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("field 'home")
                    .hasMessageContaining(value.getClass().getName())
                    .hasMessageContaining("type '" + Address.class.getName() + "', read as GenericRecord")
                    .hasMessageContaining("compactTypeFilter refuses its name");
        }
    }

    @Test
    void nestedObjectOfAnUnknownType_saysThatTheClassIsMissing() {
        GenericRecord foreign = GenericRecord.compact("com.acme.Address").build();
        Data data = of(Person.class, fields -> fields.setGenericRecord("home", foreign));
        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("field 'home' of type '" + Person.class.getName() + "' as " + Address.class.getName())
                .hasMessageContaining("type 'com.acme.Address'")
                .hasMessageContaining("has no class of that name");
    }

    record Adult(int age) {
        Adult {
            if (age < 18) {
                throw new IllegalArgumentException("too young");
            }
        }
    }

    record Broken(int kind) {
        Broken {
            if (kind == 1) {
                throw new AssertionError("not this one");
            }
            if (kind == 2) {
                throw new NoClassDefFoundError("com/acme/Gone");
            }
        }
    }

    static final AtomicBoolean INITIALIZED = new AtomicBoolean();

    static final class Uninitializable {
        int a;

        static {
            if (!INITIALIZED.getAndSet(true)) {
                throw new IllegalStateException("no such file");
            }
        }
    }

    @Test
    void constructorThatThrows_isNamed() {
        assertThatThrownBy(() -> service.toObject(of(Adult.class, fields -> fields.setInt32("age", 3))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Cannot create an object of type '" + Adult.class.getName() + "'")
                .hasMessageContaining("too young")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void constructorThatThrowsAnError_isWrapped(int kind) {
        assertThatThrownBy(() -> service.toObject(of(Broken.class, fields -> fields.setInt32("kind", kind))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Broken.class.getName())
                .hasCauseInstanceOf(Error.class);
    }

    @Test
    void initializerThatThrows_isWrapped() {
        assertThatThrownBy(() -> service.toObject(of(Uninitializable.class, fields -> fields.setInt32("a", 3))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Uninitializable.class.getName())
                .hasCauseInstanceOf(ExceptionInInitializerError.class);
    }

    // ---- a field was declared otherwise when the object was written

    record Numbers(
            short small,
            int middle,
            long large,
            double exact,
            @Nullable Long boxed,
            OptionalLong maybe,
            @Nullable Double real) {}

    @Test
    void numbersThatWereSmaller_areRead() {
        Data data = of(
                Numbers.class,
                fields -> fields.setInt8("small", (byte) -3)
                        .setNullableInt16("middle", (short) -300)
                        .setInt32("large", Integer.MIN_VALUE)
                        .setFloat32("exact", 0.1f)
                        .setInt32("boxed", 7)
                        .setNullableInt32("maybe", null)
                        .setInt32("real", Integer.MAX_VALUE));
        assertThat(service.<Numbers>toObject(data))
                .isEqualTo(new Numbers(
                        (short) -3, -300, Integer.MIN_VALUE, 0.1f, 7L, OptionalLong.empty(), (double) Integer.MAX_VALUE));
    }

    record Small(int number) {}

    record Real(float number) {}

    record Text(String number) {}

    @Test
    void numbersThatWouldLoseSomething_areRefused_withAdviceForAClass() {
        Data large = of(Small.class, fields -> fields.setInt64("number", 7));
        assertThatThrownBy(() -> service.toObject(large))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'number' of type '" + Small.class.getName() + "': the class declares it as INT32")
                .hasMessageContaining("written as INT64")
                .hasMessageContaining("give the new field another name")
                .hasMessageNotContaining("readInt");
        assertThatThrownBy(() -> service.toObject(of(Real.class, fields -> fields.setInt32("number", 7))))
                .hasMessageContaining("declares it as FLOAT32");
        assertThatThrownBy(() -> service.toObject(of(Text.class, fields -> fields.setInt32("number", 7))))
                .hasMessageContaining("declares it as STRING")
                .hasMessageNotContaining("readInt");
        assertThatThrownBy(() -> service.toObject(of(Small.class, fields -> fields.setNullableInt32("number", null))))
                .hasMessageContaining("is null. Declare it as the type that can be null")
                .hasMessageNotContaining("readNullable");
        assertThatThrownBy(() -> service.toObject(of(Small.class, fields -> fields.setNullableInt16("number", null))))
                .hasMessageContaining("is null. Declare it as the type that can be null");
    }

    static class Settings {
        int id;
        int size = 7;
        List<String> names = List.of("default");
        Map<String, Integer> map = Map.of("a", 1);
    }

    /** Fields that a class has got since the object was written keep what its constructor gives them. */
    @Test
    void absentFieldsOfAClass_stayAsTheConstructorHasSetThem() {
        Settings settings = requireNonNull(service.toObject(of(Settings.class, fields -> fields.setInt32("id", 1))));
        assertThat(settings.id).isEqualTo(1);
        assertThat(settings.size).isEqualTo(7);
        assertThat(settings.names).containsExactly("default");
        assertThat(settings.map).containsEntry("a", 1);
        Settings reset = requireNonNull(service.toObject(of(
                Settings.class, fields -> fields.setInt32("size", 0).setArrayOfString("names", null))));
        assertThat(reset.size).isZero();
        assertThat(reset.names).isNull();
    }
}
