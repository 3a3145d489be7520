// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.ClassDefinitionBuilder;
import io.filbert.serialization.FieldType;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What may be written and read, in which order, and which words the errors have. */
class PortableRulesTest {

    private static final ClassDefinition INNER =
            new ClassDefinitionBuilder(Sample.FACTORY, 2).addIntField("x").build();
    private static final ClassDefinition OUTER = new ClassDefinitionBuilder(Sample.FACTORY, 1)
            .addPortableField("p", INNER)
            .addPortableArrayField("pa", INNER)
            .build();

    private static Sample inner(int x) {
        return Sample.writing(2, writer -> writer.writeInt("x", x));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            SerializationService service, Sample.Writing writing) {
        return assertThatThrownBy(() -> service.toData(Sample.writing(1, writing)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("portable class 1 of factory 1, version 0");
    }

    /** By the first object of the class and by a later one. */
    private static void assertRefusedAlways(Sample.Writing valid, Sample.Writing writing, String... words) {
        assertRefused(Sample.service(Map.of()), writing).hasMessageContainingAll(words);
        SerializationService service = Sample.service(Map.of());
        service.toData(Sample.writing(1, valid));
        assertRefused(service, writing).hasMessageContainingAll(words);
    }

    private static @Nullable Object read(SerializationService service, Sample.Writing writing) {
        Data data = requireNonNull(service.toData(Sample.writing(1, writing)));
        Sample read = requireNonNull(service.toObject(data));
        return read.result();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertUnreadable(
            Sample.Writing writing, Sample.Reading reading) {
        SerializationService service = Sample.service(Map.of(1, reading, 2, reader -> reader.readInt("x")), OUTERLESS);
        Data data = requireNonNull(service.toData(Sample.writing(1, writing)));
        return assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("portable class 1 of factory 1, version 0");
    }

    private static final ClassDefinition[] OUTERLESS = {INNER};

    // ---- vectors

    @Test
    void vectors_areMet() {
        SerializationService service = Sample.service(Map.of());
        Sample outer = Sample.writing(1, writer -> {
            writer.writeString("s", "ab");
            writer.writePortable("p", inner(7));
            writer.writePortableArray("pa", new Portable[] {inner(5)});
        });
        assertThat(service.toData(inner(7)))
                .isEqualTo(hex(
                        "00000000ffffffff0000000100000002000000000000002c0000000100000024000000000001780500000007"));
        assertThat(service.toData(outer))
                .isEqualTo(
                        hex(
                                "00000000ffffffff00000001000000010000000000000090000000030000002c000000360000005f0000000000017309"
                                        + "00000002616200017000000000000100000002000000000000005f000000010000005700000000000178050000000700"
                                        + "0270610a0000000100000001000000020000007400000000000000900000000100000088000000000001780500000005"));
    }

    private static Data hex(String text) {
        return Data.of(HexFormat.of().parseHex(text));
    }

    // ---- writing

    @Test
    void fieldWrittenTwice_isRefused() {
        assertRefusedAlways(
                writer -> writer.writeInt("x", 1),
                writer -> {
                    writer.writeInt("x", 1);
                    writer.writeInt("x", 2);
                },
                "the field \"x\" of portable class 1 of factory 1, version 0 a second time");
    }

    @Test
    void fieldAfterRawData_isRefused() {
        assertRefusedAlways(
                writer -> writer.writeInt("x", 1),
                writer -> {
                    writer.getRawDataOutput().writeInt(1);
                    writer.writeInt("x", 1);
                },
                "Cannot write the field \"x\"",
                "after getRawDataOutput()");
    }

    @Test
    void unknownField_isRefused() {
        SerializationService service = Sample.service(Map.of());
        service.toData(Sample.writing(1, writer -> writer.writeInt("x", 1)));
        assertRefused(service, writer -> writer.writeInt("y", 1))
                .hasMessageContaining("no field \"y\"")
                .hasMessageContaining("whose fields are x")
                .hasMessageContaining("getClassVersion()");
    }

    @Test
    void fieldOfAnotherType_isRefused() {
        SerializationService service = Sample.service(Map.of());
        service.toData(Sample.writing(1, writer -> writer.writeInt("x", 1)));
        assertRefused(service, writer -> writer.writeLong("x", 1))
                .hasMessageContaining("Cannot write the field \"x\"")
                .hasMessageContaining("as LONG: it is INT");
    }

    @Test
    void fieldLeftOut_isRefused() {
        SerializationService service = Sample.service(Map.of());
        service.toData(Sample.writing(1, writer -> {
            writer.writeInt("x", 1);
            writer.writeInt("y", 1);
        }));
        assertRefused(service, writer -> writer.writeInt("y", 1))
                .hasMessageContaining("did not write the field \"x\"")
                .hasMessageContaining("which are x, y");
        assertRefused(service, writer -> {}).hasMessageContaining("did not write the field \"x\"");
    }

    @Test
    void nullOfAClassNotKnown_isRefusedAndSaysWhatToDo() {
        for (Sample.Writing writing : List.<Sample.Writing>of(
                writer -> writer.writePortable("p", null),
                writer -> writer.writePortableArray("p", null),
                writer -> writer.writePortableArray("p", new Portable[0]))) {
            assertRefused(Sample.service(Map.of()), writing)
                    .hasMessageContaining("the field \"p\"")
                    .hasMessageContaining("writeNullPortable")
                    .hasMessageContaining("classDefinitions");
        }
        assertRefused(Sample.service(Map.of()), writer -> writer.writeNullPortable("p", Sample.FACTORY, 2))
                .hasMessageContaining("the nested portable class 2 of factory 1 is not known")
                .hasMessageContaining("classDefinitions");
    }

    @Test
    void nullOfAKnownNestedClass_isWrittenByIds() {
        SerializationService registered = Sample.service(Map.of(1, reader -> reader.readPortable("p") == null), INNER);
        assertThat(read(registered, writer -> writer.writeNullPortable("p", Sample.FACTORY, 2)))
                .isEqualTo(true);
        SerializationService met = Sample.service(Map.of(1, reader -> reader.readPortable("p") == null));
        met.toData(inner(1));
        assertThat(read(met, writer -> writer.writeNullPortable("p", Sample.FACTORY, 2)))
                .isEqualTo(true);
    }

    @Test
    void nullsOfAKnownClass_areWritten() {
        SerializationService service = Sample.service(
                Map.of(
                        1,
                        reader -> (reader.readPortable("p") == null) + "," + (reader.readPortableArray("pa") == null),
                        2,
                        reader -> reader.readInt("x")),
                INNER,
                OUTER);
        assertThat(read(service, writer -> {
                    writer.writePortable("p", null);
                    writer.writePortableArray("pa", null);
                }))
                .isEqualTo("true,true");
        SerializationService counting = Sample.service(
                Map.of(1, reader -> requireNonNull(reader.readPortableArray("pa")).length), INNER, OUTER);
        assertThat(read(counting, writer -> {
                    writer.writeNullPortable("p", Sample.FACTORY, 2);
                    writer.writePortableArray("pa", new Portable[0]);
                }))
                .isEqualTo(0);
    }

    @Test
    void chainOfOneClass_endsWithANullOfItself() {
        SerializationService service = Sample.service(Map.of(1, PortableRulesTest::lengthOfChain));
        Sample chain = null;
        for (int i = 0; i < 100; i++) {
            Sample rest = chain;
            chain = Sample.writing(1, writer -> {
                if (rest == null) {
                    writer.writeNullPortable("rest", Sample.FACTORY, 1);
                } else {
                    writer.writePortable("rest", rest);
                }
            });
        }
        Sample read = requireNonNull(service.toObject(service.toData(chain)));
        assertThat(read.result()).isEqualTo(100);
    }

    private static Object lengthOfChain(PortableReader reader) {
        Sample rest = reader.readPortable("rest");
        return rest == null ? 1 : 1 + (Integer) requireNonNull(rest.result());
    }

    @Test
    void objectThatContainsItself_isTooDeep() {
        AtomicReference<Sample> self = new AtomicReference<>();
        self.set(Sample.writing(1, writer -> writer.writePortable("self", self.get())));
        assertThatThrownBy(() -> Sample.service(Map.of()).toData(self.get()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("deeper than 500 levels");
        ClassDefinition itself = new ClassDefinitionBuilder(Sample.FACTORY, 1)
                .addPortableField("self", new ClassDefinitionBuilder(Sample.FACTORY, 1).build())
                .build();
        assertThatThrownBy(() -> Sample.service(Map.of(), itself).toData(self.get()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("deeper than 500 levels");
    }

    @Test
    void mixedArray_isRefused() {
        Sample third = Sample.writing(3, writer -> writer.writeInt("x", 1));
        assertRefused(
                        Sample.service(Map.of()),
                        writer -> writer.writePortableArray("pa", new Portable[] {inner(1), third}))
                .hasMessageContaining("different classes into the array \"pa\"")
                .hasMessageContaining("class 2 of factory 1 and class 3 of factory 1");
        SerializationService service = Sample.service(Map.of(), INNER, OUTER);
        assertRefused(service, writer -> {
                    writer.writePortable("p", null);
                    writer.writePortableArray("pa", new Portable[] {inner(1), third});
                })
                .hasMessageContaining("portable class 3 of factory 1 in the field \"pa\"")
                .hasMessageContaining("holds class 2 of factory 1");
    }

    @Test
    @SuppressWarnings("NullAway") // as a program without checks might
    void nullInAnArray_isRefused() {
        SerializationService known = Sample.service(Map.of(), INNER, OUTER);
        Portable[] values = {inner(1), null};
        for (SerializationService service : List.of(known, Sample.service(Map.of()))) {
            assertRefused(service, writer -> writer.writePortableArray("pa", values))
                    .hasMessageContaining("an array with a null in it into the field \"pa\"");
        }
        BigDecimal[] decimals = {null};
        assertRefused(known(FieldType.DECIMAL_ARRAY), writer -> writer.writeDecimalArray("f", decimals))
                .hasMessageContaining("an array with a null in it into the field \"f\"");
    }

    private static SerializationService known(FieldType type) {
        ClassDefinitionBuilder builder = new ClassDefinitionBuilder(Sample.FACTORY, 1);
        new Model.Field("f", type, null).addTo(builder);
        return Sample.service(Map.of(), builder.build());
    }

    @Test
    void nestedObjectOfAnotherClass_isRefused() {
        SerializationService service = Sample.service(Map.of(), INNER, OUTER);
        Sample third = Sample.writing(3, writer -> writer.writeInt("x", 1));
        assertRefused(service, writer -> writer.writePortable("p", third))
                .hasMessageContaining("Cannot write an object of portable class 3 of factory 1 in the field \"p\"")
                .hasMessageContaining("holds class 2 of factory 1");
        assertRefused(service, writer -> writer.writeNullPortable("p", Sample.FACTORY, 3))
                .hasMessageContaining("portable class 3 of factory 1 in the field \"p\"");
        assertRefused(service, writer -> writer.writeNullPortable("p", 9, 2))
                .hasMessageContaining("portable class 2 of factory 9 in the field \"p\"");
    }

    @Test
    void classIdZero_isRefused() {
        assertThatThrownBy(() -> Sample.service(Map.of()).toData(Sample.writing(0, writer -> writer.writeInt("x", 1))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Sample.class.getName())
                .hasMessageContaining("class id in factory 1 is 0")
                .hasMessageContaining("getClassId()");
    }

    @Test
    void fieldNamesThatOtherClientsCannotRead_areRefused() {
        assertThatThrownBy(() ->
                        Sample.service(Map.of()).toData(Sample.writing(1, writer -> writer.writeInt("größe", 1))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("größe")
                .hasMessageContaining("'ö'");
        String longest = "x".repeat(Short.MAX_VALUE);
        SerializationService service = Sample.service(Map.of(1, reader -> reader.readInt(longest)));
        assertThat(read(service, writer -> writer.writeInt(longest, 7))).isEqualTo(7);
        assertThatThrownBy(() ->
                        Sample.service(Map.of()).toData(Sample.writing(1, writer -> writer.writeInt(longest + "x", 1))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("32768 characters");
        SerializationService empty = Sample.service(Map.of(1, reader -> reader.readInt("")));
        assertThat(read(empty, writer -> writer.writeInt("", 7))).isEqualTo(7);
    }

    @Test
    void yearsThatDoNotFit_areRefused() {
        LocalDate far = LocalDate.of(32768, 1, 1);
        LocalDateTime farTime = far.atTime(LocalTime.NOON);
        OffsetDateTime farOffset = farTime.atOffset(ZoneOffset.UTC);
        for (Sample.Writing writing : List.<Sample.Writing>of(
                writer -> writer.writeDate("f", far), writer -> writer.writeDate("f", LocalDate.of(-32769, 1, 1)))) {
            assertRefused(known(FieldType.DATE), writing)
                    .hasMessageContaining("the year ")
                    .hasMessageContaining("\"f\"");
        }
        assertRefused(known(FieldType.TIMESTAMP), writer -> writer.writeTimestamp("f", farTime))
                .hasMessageContaining("the year 32768");
        assertRefused(
                        known(FieldType.TIMESTAMP_WITH_TIMEZONE),
                        writer -> writer.writeTimestampWithTimezone("f", farOffset))
                .hasMessageContaining("the year 32768");
        assertRefused(known(FieldType.DATE_ARRAY), writer -> writer.writeDateArray("f", new LocalDate[] {far}))
                .hasMessageContaining("the year 32768");
        assertRefused(
                        known(FieldType.TIMESTAMP_ARRAY),
                        writer -> writer.writeTimestampArray("f", new LocalDateTime[] {farTime}))
                .hasMessageContaining("the year 32768");
        assertRefused(
                        known(FieldType.TIMESTAMP_WITH_TIMEZONE_ARRAY),
                        writer -> writer.writeTimestampWithTimezoneArray("f", new OffsetDateTime[] {farOffset}))
                .hasMessageContaining("the year 32768");
    }

    @Test
    void exceptionOfTheObject_isWrapped() {
        for (RuntimeException cause : List.of(new IllegalStateException("no"), new NullPointerException("no"))) {
            assertRefused(Sample.service(Map.of()), writer -> {
                        throw cause;
                    })
                    .hasCause(cause)
                    .hasMessageContaining(Sample.class.getName());
        }
        IOException io = new IOException("no");
        assertRefused(Sample.service(Map.of()), writer -> {
                    throw io;
                })
                .hasCause(io);
        SerializationService service = Sample.service(Map.of(1, reader -> {
            throw io;
        }));
        Data data = requireNonNull(service.toData(Sample.writing(1, writer -> writer.writeInt("x", 1))));
        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasCause(io)
                .hasMessageContaining("portable class 1 of factory 1, version 0");
    }

    @Test
    void failureOfANestedObject_cannotBeSwallowed() {
        Sample failing = Sample.writing(2, writer -> {
            writer.writeInt("x", 1);
            throw new IllegalStateException("no");
        });
        SerializationService service = Sample.service(Map.of(), INNER, OUTER);
        assertRefused(service, writer -> {
                    try {
                        writer.writePortable("p", failing);
                    } catch (SerializationException e) {
                        // goes on as if nothing had happened
                    }
                    writer.writePortableArray("pa", null);
                })
                .hasMessageContaining("did not write");
    }

    @Test
    void writerKeptAfterTheCall_isOfNoUse() {
        AtomicReference<io.filbert.serialization.PortableWriter> kept = new AtomicReference<>();
        Sample keeping = Sample.writing(1, writer -> {
            kept.set(writer);
            writer.writeInt("x", 1);
        });
        Sample.service(Map.of()).toData(keeping);
        assertThatThrownBy(() -> requireNonNull(kept.get()).writeInt("x", 1))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the end of writePortable");
    }

    // ---- reading

    @Test
    void unknownField_cannotBeReadOrAskedFor() {
        assertUnreadable(writer -> writer.writeInt("x", 1), reader -> reader.readInt("y"))
                .hasMessageContaining("no field \"y\"")
                .hasMessageContaining("whose fields are x");
        assertUnreadable(writer -> writer.writeInt("x", 1), reader -> reader.readPortable("y"))
                .hasMessageContaining("no field \"y\"");
        assertUnreadable(writer -> writer.writeInt("x", 1), reader -> reader.getFieldType("y"))
                .hasMessageContaining("no field \"y\"");
        assertUnreadable(writer -> writer.writeInt("x", 1), reader -> reader.getFieldClassId("y"))
                .hasMessageContaining("no field \"y\"");
    }

    @Test
    void fieldOfAnotherType_cannotBeRead() {
        assertUnreadable(writer -> writer.writeInt("x", 1), reader -> reader.readString("x"))
                .hasMessageContaining("Cannot read the field \"x\"")
                .hasMessageContaining("as STRING: it is INT");
    }

    @Test
    void fieldAfterRawData_cannotBeRead() {
        assertUnreadable(
                        writer -> {
                            writer.writeInt("x", 1);
                            writer.getRawDataOutput().writeInt(2);
                        },
                        reader -> reader.getRawDataInput().readInt() + reader.readInt("x"))
                .hasMessageContaining("Cannot read the field \"x\"")
                .hasMessageContaining("after getRawDataInput()");
    }

    @Test
    void readerKeptAfterTheCall_isOfNoUse() {
        AtomicReference<PortableReader> kept = new AtomicReference<>();
        SerializationService service = Sample.service(Map.of(1, reader -> {
            kept.set(reader);
            return reader.readInt("x");
        }));
        assertThat(read(service, writer -> writer.writeInt("x", 1))).isEqualTo(1);
        assertThatThrownBy(() -> requireNonNull(kept.get()).readInt("x"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the end of readPortable");
    }

    @Test
    void singleFields_areReadInAnyOrderAndAgain() {
        Sample.Writing writing = writer -> {
            for (int i = 0; i < 20; i++) {
                writer.writeInt("field" + i, i);
            }
        };
        SerializationService service = Sample.service(Map.of(1, reader -> {
            List<Integer> values = new ArrayList<>();
            for (int i : new int[] {19, 0, 7, 7, 8, 3, 19}) {
                values.add(reader.readInt("field" + i));
            }
            return values;
        }));
        assertThat(read(service, writing)).isEqualTo(List.of(19, 0, 7, 7, 8, 3, 19));
    }

    @Test
    void paths_leadThroughNestedObjects() {
        Sample middle = Sample.writing(3, writer -> {
            writer.writePortable("in", inner(7));
            writer.writeString("s", "text");
            writer.writeDecimal("d", BigDecimal.TEN);
            writer.writePortableArray("all", new Portable[] {inner(8)});
        });
        SerializationService service = Sample.service(Map.of(
                1,
                reader -> {
                    Sample in = requireNonNull(reader.readPortable("mid.in"));
                    Sample all = (Sample) requireNonNull(reader.readPortableArray("mid.all"))[0];
                    return List.of(
                            reader.readInt("mid.in.x"),
                            requireNonNull(reader.readString("mid.s")),
                            requireNonNull(reader.readDecimal("mid.d")),
                            requireNonNull(in.result()),
                            requireNonNull(all.result()),
                            reader.readInt("y"),
                            reader.hasField("mid.s"));
                },
                2,
                reader -> reader.readInt("x")));
        assertThat(read(service, writer -> {
                    writer.writePortable("mid", middle);
                    writer.writeInt("y", 9);
                }))
                .isEqualTo(List.of(7, "text", BigDecimal.TEN, 7, 8, 9, false));
    }

    @Test
    void fieldWithADotInItsName_comesBeforeThePath() {
        SerializationService service = Sample.service(Map.of(1, reader -> reader.readInt("p.x")));
        assertThat(read(service, writer -> {
                    writer.writePortable("p", inner(1));
                    writer.writeInt("p.x", 2);
                }))
                .isEqualTo(2);
    }

    @Test
    void pathThatLeadsNowhere_isRefused() {
        Sample.Writing nested = writer -> writer.writePortable("p", inner(1));
        assertUnreadable(nested, reader -> reader.readInt("q.x")).hasMessageContaining("no field \"q\"");
        SerializationService service = Sample.service(Map.of(1, reader -> reader.readInt("p.y")), INNER);
        Data data = requireNonNull(service.toData(Sample.writing(1, nested)));
        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("no field \"y\" in portable class 2 of factory 1");
        assertUnreadable(writer -> writer.writeInt("p", 1), reader -> reader.readInt("p.x"))
                .hasMessageContaining("as PORTABLE: it is INT");
        assertUnreadable(writer -> writer.writeNullPortable("p", Sample.FACTORY, 2), reader -> reader.readString("p.x"))
                .hasMessageContaining("Cannot read \"p.x\"")
                .hasMessageContaining("the field \"p\"")
                .hasMessageContaining("is null");
    }

    @Test
    void pathMissingInAnotherVersion_readsAsMissing() {
        Sample.Writing writing = writer -> writer.writePortable("p", inner(1));
        Data data = requireNonNull(Sample.service(Map.of()).toData(Sample.writing(1, writing)));
        Sample read = requireNonNull(Sample.service(
                        1,
                        Map.of(
                                1,
                                reader -> reader.readInt("q.x")
                                        + ","
                                        + reader.readString("p.s")
                                        + ","
                                        + reader.readLong("p.x")))
                .toObject(data));
        assertThat(read.result()).isEqualTo("0,null,1");
    }

    @Test
    void fieldsOfTheReader_areThoseOfTheDefinition() {
        SerializationService service = Sample.service(Map.of(1, reader -> {
            assertThat(reader.getFieldNames()).containsExactly("b", "a", "p", "pa");
            assertThatThrownBy(() -> reader.getFieldNames().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThat(reader.hasField("a")).isTrue();
            assertThat(reader.hasField("c")).isFalse();
            assertThat(reader.getFieldType("a")).isEqualTo(FieldType.STRING_ARRAY);
            assertThat(reader.getFieldType("p")).isEqualTo(FieldType.PORTABLE);
            assertThat(reader.getFieldClassId("p")).isEqualTo(2);
            assertThat(reader.getFieldClassId("pa")).isEqualTo(2);
            assertThat(reader.getFieldClassId("a")).isZero();
            return reader.getVersion();
        }));
        assertThat(read(service, writer -> {
                    writer.writeInt("b", 1);
                    writer.writeStringArray("a", null);
                    writer.writePortable("p", inner(1));
                    writer.writePortableArray("pa", new Portable[] {inner(1)});
                }))
                .isEqualTo(0);
    }

    @Test
    void missingFactoryOrClass_saysWhatToRegister() {
        SerializationService writer = Sample.service(Map.of());
        Data data = requireNonNull(writer.toData(Sample.writing(5, w -> w.writeInt("x", 1))));
        assertThatThrownBy(() -> writer.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("portable class 5 of factory 1, version 0")
                .hasMessageContaining("made no object of that class")
                .hasMessageContaining("portableFactories");
        assertThatThrownBy(() -> new SerializationService().toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("portable class 5 of factory 1, version 0")
                .hasMessageContaining("no factory is registered under 1")
                .hasMessageContaining("portableFactories");
    }

    @Test
    void utf_isAnotherNameOfString() {
        SerializationService service =
                Sample.service(Map.of(1, reader -> reader.readUtf("a") + reader.readString("b")));
        assertThat(read(service, writer -> {
                    writer.writeUtf("a", "x");
                    writer.writeUtf("b", "y");
                }))
                .isEqualTo("xy");
    }

    // ---- raw data

    @Test
    void rawData_mayHoldAnything() {
        SerializationService service = Sample.service(Map.of(
                1,
                reader -> {
                    int x = reader.readInt("x");
                    ObjectDataInput raw = reader.getRawDataInput();
                    assertThat(reader.getRawDataInput()).isSameAs(raw);
                    Sample nested = requireNonNull(raw.readObject());
                    return x + "," + raw.readString() + "," + nested.result() + "," + raw.readObject();
                },
                2,
                reader -> reader.readInt("x")));
        assertThat(read(service, writer -> {
                    writer.writeInt("x", 1);
                    ObjectDataOutput raw = writer.getRawDataOutput();
                    assertThat(writer.getRawDataOutput()).isSameAs(raw);
                    raw.writeObject(inner(2));
                    raw.writeString("text");
                    raw.writeObject(3L);
                }))
                .isEqualTo("1,text,2,3");
    }

    @Test
    void rawDataNotWritten_areEmpty() {
        SerializationService service =
                Sample.service(Map.of(1, reader -> reader.getRawDataInput().readInt()));
        Data data = requireNonNull(service.toData(Sample.writing(1, writer -> writer.writeInt("x", 1))));
        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("4 bytes should follow but none are left");
    }

    @Test
    void rawData_endWithTheirObject() {
        SerializationService service =
                Sample.service(Map.of(1, reader -> reader.getRawDataInput().readLong()));
        Sample sample = Sample.writing(1, writer -> {
            writer.writeInt("x", 1);
            writer.getRawDataOutput().writeInt(1);
        });
        Data data = requireNonNull(service.toData(new Object[] {sample, "behind it"}));
        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("8 bytes should follow but only 4 are left");
    }
}
