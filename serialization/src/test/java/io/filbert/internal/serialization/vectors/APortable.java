// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import io.filbert.serialization.PortableWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Counterpart of the reference object with this name: every field twice, once by name and once in the raw data. */
final class APortable extends AllKinds implements Portable {

    static final int FACTORY_ID = 1;
    static final int CLASS_ID = 1;

    private @Nullable Portable p;
    private Portable @Nullable [] portables;

    // Releases before 5.3 had no such fields.
    private @Nullable BigDecimal bd;
    private @Nullable LocalDate ld;
    private @Nullable LocalTime lt;
    private @Nullable LocalDateTime ldt;
    private @Nullable OffsetDateTime odt;
    private BigDecimal @Nullable [] decimals;
    private LocalDate @Nullable [] dates;
    private LocalTime @Nullable [] times;
    private LocalDateTime @Nullable [] dateTimes;
    private OffsetDateTime @Nullable [] offsetDateTimes;

    @Override
    public int getFactoryId() {
        return FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    private boolean hasDates() {
        return bd != null;
    }

    @Override
    public void writePortable(PortableWriter writer) throws IOException {
        writer.writeBoolean("bool", bool);
        writer.writeByte("b", b);
        writer.writeChar("c", c);
        writer.writeDouble("d", d);
        writer.writeShort("s", s);
        writer.writeFloat("f", f);
        writer.writeInt("i", i);
        writer.writeLong("l", l);
        writer.writeString("str", str);
        if (hasDates()) {
            writer.writeDecimal("bd", bd);
            writer.writeDate("ld", ld);
            writer.writeTime("lt", lt);
            writer.writeTimestamp("ldt", ldt);
            writer.writeTimestampWithTimezone("odt", odt);
        }
        if (p == null) {
            writer.writeNullPortable("p", FACTORY_ID, AnInnerPortable.CLASS_ID);
        } else {
            writer.writePortable("p", p);
        }
        writer.writeBooleanArray("booleans", booleans);
        writer.writeByteArray("bs", bytes);
        writer.writeCharArray("cs", chars);
        writer.writeDoubleArray("ds", doubles);
        writer.writeShortArray("ss", shorts);
        writer.writeFloatArray("fs", floats);
        writer.writeIntArray("is", ints);
        writer.writeLongArray("ls", longs);
        writer.writeStringArray("strs", strings);
        if (hasDates()) {
            writer.writeDecimalArray("decimals", decimals);
            writer.writeDateArray("dates", dates);
            writer.writeTimeArray("times", times);
            writer.writeTimestampArray("dateTimes", dateTimes);
            writer.writeTimestampWithTimezoneArray("offsetDateTimes", offsetDateTimes);
        }
        writer.writePortableArray("ps", portables);
        writer.writeBooleanArray("booleansNull", booleansNull);
        writer.writeByteArray("bsNull", bytesNull);
        writer.writeCharArray("csNull", charsNull);
        writer.writeDoubleArray("dsNull", doublesNull);
        writer.writeShortArray("ssNull", shortsNull);
        writer.writeFloatArray("fsNull", floatsNull);
        writer.writeIntArray("isNull", intsNull);
        writer.writeLongArray("lsNull", longsNull);
        writer.writeStringArray("strsNull", stringsNull);
        writeAll(writer.getRawDataOutput());
    }

    @Override
    public void readPortable(PortableReader reader) throws IOException {
        readFields(reader);
        String byName = Fields.of(this);
        ObjectDataInput raw = reader.getRawDataInput();
        readValues(raw);
        if (!Fields.of(this).equals(byName)) {
            throw new IllegalStateException("by name " + byName + ", but in the raw data " + Fields.of(this));
        }
        readRest(raw);
    }

    private void readFields(PortableReader reader) throws IOException {
        bool = reader.readBoolean("bool");
        b = reader.readByte("b");
        c = reader.readChar("c");
        d = reader.readDouble("d");
        s = reader.readShort("s");
        f = reader.readFloat("f");
        i = reader.readInt("i");
        l = reader.readLong("l");
        str = reader.readString("str");
        if (reader.hasField("bd")) {
            bd = reader.readDecimal("bd");
            ld = reader.readDate("ld");
            lt = reader.readTime("lt");
            ldt = reader.readTimestamp("ldt");
            odt = reader.readTimestampWithTimezone("odt");
            decimals = reader.readDecimalArray("decimals");
            dates = reader.readDateArray("dates");
            times = reader.readTimeArray("times");
            dateTimes = reader.readTimestampArray("dateTimes");
            offsetDateTimes = reader.readTimestampWithTimezoneArray("offsetDateTimes");
        }
        p = reader.readPortable("p");
        booleans = reader.readBooleanArray("booleans");
        bytes = reader.readByteArray("bs");
        chars = reader.readCharArray("cs");
        doubles = reader.readDoubleArray("ds");
        shorts = reader.readShortArray("ss");
        floats = reader.readFloatArray("fs");
        ints = reader.readIntArray("is");
        longs = reader.readLongArray("ls");
        strings = reader.readStringArray("strs");
        portables = reader.readPortableArray("ps");
        booleansNull = reader.readBooleanArray("booleansNull");
        bytesNull = reader.readByteArray("bsNull");
        charsNull = reader.readCharArray("csNull");
        doublesNull = reader.readDoubleArray("dsNull");
        shortsNull = reader.readShortArray("ssNull");
        floatsNull = reader.readFloatArray("fsNull");
        intsNull = reader.readIntArray("isNull");
        longsNull = reader.readLongArray("lsNull");
        stringsNull = reader.readStringArray("strsNull");
    }
}
