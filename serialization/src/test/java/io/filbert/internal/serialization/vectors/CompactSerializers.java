// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import example.serialization.InnerDTO;
import example.serialization.MainDTO;
import example.serialization.NamedDTO;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serializers of this client for the classes of the compact reference object. */
@SuppressWarnings("NullAway") // the classes do not say which fields may be null
final class CompactSerializers {

    static final List<CompactSerializer<?>> ALL = List.of(new OfMain(), new OfInner(), new OfNamed());

    private CompactSerializers() {}

    private static final class OfMain implements CompactSerializer<MainDTO> {
        @Override
        public Class<MainDTO> getCompactClass() {
            return MainDTO.class;
        }

        @Override
        public String getTypeName() {
            return "main";
        }

        @Override
        public void write(CompactWriter out, MainDTO object) {
            out.writeInt8("b", object.b);
            out.writeBoolean("bool", object.bool);
            out.writeInt16("c", (short) object.c);
            out.writeInt16("s", object.s);
            out.writeInt32("i", object.i);
            out.writeInt64("l", object.l);
            out.writeFloat32("f", object.f);
            out.writeFloat64("d", object.d);
            out.writeString("str", object.str);
            out.writeCompact("p", object.p);
            out.writeDecimal("bigDecimal", object.bigDecimal);
            out.writeTime("localTime", object.localTime);
            out.writeDate("localDate", object.localDate);
            out.writeTimestamp("localDateTime", object.localDateTime);
            out.writeTimestampWithTimezone("offsetDateTime", object.offsetDateTime);
            out.writeNullableInt8("nullableB", object.nullableB);
            out.writeNullableBoolean("nullableBool", object.nullableBool);
            out.writeNullableInt16("nullableC", toShort(object.nullableC));
            out.writeNullableInt16("nullableS", object.nullableS);
            out.writeNullableInt32("nullableI", object.nullableI);
            out.writeNullableInt64("nullableL", object.nullableL);
            out.writeNullableFloat32("nullableF", object.nullableF);
            out.writeNullableFloat64("nullableD", object.nullableD);
        }

        @Override
        public MainDTO read(CompactReader in) {
            return new MainDTO(
                    in.readInt8("b"),
                    in.readBoolean("bool"),
                    (char) in.readInt16("c"),
                    in.readInt16("s"),
                    in.readInt32("i"),
                    in.readInt64("l"),
                    in.readFloat32("f"),
                    in.readFloat64("d"),
                    in.readString("str"),
                    in.readCompact("p"),
                    in.readDecimal("bigDecimal"),
                    in.readTime("localTime"),
                    in.readDate("localDate"),
                    in.readTimestamp("localDateTime"),
                    in.readTimestampWithTimezone("offsetDateTime"),
                    in.readNullableInt8("nullableB"),
                    in.readNullableBoolean("nullableBool"),
                    toCharacter(in.readNullableInt16("nullableC")),
                    in.readNullableInt16("nullableS"),
                    in.readNullableInt32("nullableI"),
                    in.readNullableInt64("nullableL"),
                    in.readNullableFloat32("nullableF"),
                    in.readNullableFloat64("nullableD"));
        }
    }

    private static final class OfInner implements CompactSerializer<InnerDTO> {
        @Override
        public Class<InnerDTO> getCompactClass() {
            return InnerDTO.class;
        }

        @Override
        public String getTypeName() {
            return "inner";
        }

        @Override
        public void write(CompactWriter out, InnerDTO object) {
            out.writeArrayOfBoolean("bools", object.bools);
            out.writeArrayOfInt8("bytes", object.bytes);
            out.writeArrayOfInt16("chars", toShorts(object.chars));
            out.writeArrayOfInt16("shorts", object.shorts);
            out.writeArrayOfInt32("ints", object.ints);
            out.writeArrayOfInt64("longs", object.longs);
            out.writeArrayOfFloat32("floats", object.floats);
            out.writeArrayOfFloat64("doubles", object.doubles);
            out.writeArrayOfString("strings", object.strings);
            out.writeArrayOfCompact("nn", object.nn);
            out.writeArrayOfDecimal("bigDecimals", object.bigDecimals);
            out.writeArrayOfTime("localTimes", object.localTimes);
            out.writeArrayOfDate("localDates", object.localDates);
            out.writeArrayOfTimestamp("localDateTimes", object.localDateTimes);
            out.writeArrayOfTimestampWithTimezone("offsetDateTimes", object.offsetDateTimes);
            out.writeArrayOfNullableBoolean("nullableBools", object.nullableBools);
            out.writeArrayOfNullableInt8("nullableBytes", object.nullableBytes);
            out.writeArrayOfNullableInt16("nullableCharacters", toShorts(object.nullableCharacters));
            out.writeArrayOfNullableInt16("nullableShorts", object.nullableShorts);
            out.writeArrayOfNullableInt32("nullableIntegers", object.nullableIntegers);
            out.writeArrayOfNullableInt64("nullableLongs", object.nullableLongs);
            out.writeArrayOfNullableFloat32("nullableFloats", object.nullableFloats);
            out.writeArrayOfNullableFloat64("nullableDoubles", object.nullableDoubles);
        }

        @Override
        public InnerDTO read(CompactReader in) {
            return new InnerDTO(
                    in.readArrayOfBoolean("bools"),
                    in.readArrayOfInt8("bytes"),
                    toChars(in.readArrayOfInt16("chars")),
                    in.readArrayOfInt16("shorts"),
                    in.readArrayOfInt32("ints"),
                    in.readArrayOfInt64("longs"),
                    in.readArrayOfFloat32("floats"),
                    in.readArrayOfFloat64("doubles"),
                    in.readArrayOfString("strings"),
                    in.readArrayOfCompact("nn", NamedDTO.class),
                    in.readArrayOfDecimal("bigDecimals"),
                    in.readArrayOfTime("localTimes"),
                    in.readArrayOfDate("localDates"),
                    in.readArrayOfTimestamp("localDateTimes"),
                    in.readArrayOfTimestampWithTimezone("offsetDateTimes"),
                    in.readArrayOfNullableBoolean("nullableBools"),
                    in.readArrayOfNullableInt8("nullableBytes"),
                    toCharacters(in.readArrayOfNullableInt16("nullableCharacters")),
                    in.readArrayOfNullableInt16("nullableShorts"),
                    in.readArrayOfNullableInt32("nullableIntegers"),
                    in.readArrayOfNullableInt64("nullableLongs"),
                    in.readArrayOfNullableFloat32("nullableFloats"),
                    in.readArrayOfNullableFloat64("nullableDoubles"));
        }
    }

    private static final class OfNamed implements CompactSerializer<NamedDTO> {
        @Override
        public Class<NamedDTO> getCompactClass() {
            return NamedDTO.class;
        }

        @Override
        public String getTypeName() {
            return "namedDTO";
        }

        @Override
        public void write(CompactWriter out, NamedDTO object) {
            out.writeString("name", object.name);
            out.writeInt32("myint", object.myint);
        }

        @Override
        public NamedDTO read(CompactReader in) {
            return new NamedDTO(in.readString("name"), in.readInt32("myint"));
        }
    }

    private static @Nullable Short toShort(@Nullable Character value) {
        return value == null ? null : (short) value.charValue();
    }

    private static @Nullable Character toCharacter(@Nullable Short value) {
        return value == null ? null : (char) value.shortValue();
    }

    private static short[] toShorts(char[] values) {
        short[] shorts = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            shorts[i] = (short) values[i];
        }
        return shorts;
    }

    private static char[] toChars(short[] values) {
        char[] chars = new char[values.length];
        for (int i = 0; i < values.length; i++) {
            chars[i] = (char) values[i];
        }
        return chars;
    }

    private static Short[] toShorts(Character[] values) {
        Short[] shorts = new Short[values.length];
        for (int i = 0; i < values.length; i++) {
            shorts[i] = toShort(values[i]);
        }
        return shorts;
    }

    private static Character[] toCharacters(Short[] values) {
        Character[] characters = new Character[values.length];
        for (int i = 0; i < values.length; i++) {
            characters[i] = toCharacter(values[i]);
        }
        return characters;
    }
}
