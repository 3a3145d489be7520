// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import io.filbert.serialization.PortableWriter;
import io.filbert.serialization.StreamSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The samples as this client wants them. */
final class FilbertForms {

    private FilbertForms() {}

    /** A sample in the client's own class; filled by reading if it was made without one. */
    abstract static class Own {

        private @Nullable Sample sample;

        Own(@Nullable Sample sample) {
            this.sample = sample;
        }

        Sample sample() {
            return Objects.requireNonNull(sample, "neither given nor read");
        }

        void fill(Sample read) {
            sample = read;
        }
    }

    private static void write(ObjectDataOutput out, List<@Nullable Object> values) {
        for (int i = 0; i < Fields.STREAM.size(); i++) {
            Fields.STREAM.get(i).call(ObjectDataOutput.class, out, "write", FilbertPeer.toOwn(values.get(i)));
        }
    }

    private static List<@Nullable Object> read(ObjectDataInput in) {
        return Fields.values(
                Fields.STREAM, field -> FilbertPeer.toSample(field.call(ObjectDataInput.class, in, "read")));
    }

    static final class Identified extends Own implements IdentifiedDataSerializable {

        Identified() {
            super(null);
        }

        Identified(Sample.Identified sample) {
            super(sample);
        }

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            write(out, ((Sample.Identified) sample()).fields());
        }

        @Override
        public void readData(ObjectDataInput in) {
            fill(new Sample.Identified(read(in)));
        }
    }

    static final class IdentifiedInner extends Own implements IdentifiedDataSerializable {

        IdentifiedInner() {
            super(null);
        }

        IdentifiedInner(Sample.IdentifiedInner sample) {
            super(sample);
        }

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 2;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            Sample.IdentifiedInner inner = (Sample.IdentifiedInner) sample();
            out.writeString(inner.text());
            out.writeInt(inner.number());
        }

        @Override
        public void readData(ObjectDataInput in) {
            fill(new Sample.IdentifiedInner(Objects.requireNonNull(in.readString()), in.readInt()));
        }
    }

    static final class CustomForm implements StreamSerializer<Sample.Custom> {

        @Override
        public int getTypeId() {
            return 1001;
        }

        @Override
        public void write(ObjectDataOutput out, Sample.Custom sample) {
            FilbertForms.write(out, sample.fields());
        }

        @Override
        public Sample.Custom read(ObjectDataInput in) {
            return new Sample.Custom(FilbertForms.read(in));
        }
    }

    static final class PortableForm extends Own implements Portable {

        PortableForm() {
            super(null);
        }

        PortableForm(Sample.Portable sample) {
            super(sample);
        }

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        public void writePortable(PortableWriter writer) {
            List<@Nullable Object> values = ((Sample.Portable) sample()).fields();
            for (int i = 0; i < values.size(); i++) {
                Field field = Fields.PORTABLE.get(i);
                Object value = FilbertPeer.toOwn(values.get(i));
                if (value == null && field.kind().equals("Portable")) {
                    writer.writeNullPortable(field.name(), 1, 2);
                } else {
                    field.call(PortableWriter.class, writer, "write", field.name(), value);
                }
            }
        }

        @Override
        public void readPortable(PortableReader reader) {
            fill(new Sample.Portable(Fields.values(
                    Fields.PORTABLE,
                    field -> FilbertPeer.toSample(field.call(PortableReader.class, reader, "read", field.name())))));
        }
    }

    static final class PortableInner extends Own implements Portable {

        PortableInner() {
            super(null);
        }

        PortableInner(Sample.PortableInner sample) {
            super(sample);
        }

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 2;
        }

        @Override
        public void writePortable(PortableWriter writer) {
            Sample.PortableInner inner = (Sample.PortableInner) sample();
            writer.writeString("text", inner.text());
            writer.writeInt("number", inner.number());
        }

        @Override
        public void readPortable(PortableReader reader) {
            fill(new Sample.PortableInner(Objects.requireNonNull(reader.readString("text")), reader.readInt("number")));
        }
    }

    static final class CompactForm implements CompactSerializer<Sample.Compact> {

        @Override
        public Class<Sample.Compact> getCompactClass() {
            return Sample.Compact.class;
        }

        @Override
        public String getTypeName() {
            return "interop-sample";
        }

        @Override
        public void write(CompactWriter writer, Sample.Compact sample) {
            for (int i = 0; i < Fields.COMPACT.size(); i++) {
                Field field = Fields.COMPACT.get(i);
                field.call(
                        CompactWriter.class,
                        writer,
                        "write",
                        field.name(),
                        sample.fields().get(i));
            }
        }

        @Override
        public Sample.Compact read(CompactReader reader) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Field field : Fields.COMPACT) {
                values.add(
                        field.kind().equals("ArrayOfCompact")
                                ? reader.readArrayOfCompact(field.name(), Sample.CompactInner.class)
                                : field.call(CompactReader.class, reader, "read", field.name()));
            }
            return new Sample.Compact(values);
        }
    }

    static final class CompactInnerForm implements CompactSerializer<Sample.CompactInner> {

        @Override
        public Class<Sample.CompactInner> getCompactClass() {
            return Sample.CompactInner.class;
        }

        @Override
        public String getTypeName() {
            return "interop-inner";
        }

        @Override
        public void write(CompactWriter writer, Sample.CompactInner inner) {
            writer.writeString("text", inner.text());
            writer.writeInt32("number", inner.number());
        }

        @Override
        public Sample.CompactInner read(CompactReader reader) {
            return new Sample.CompactInner(
                    Objects.requireNonNull(reader.readString("text")), reader.readInt32("number"));
        }
    }
}
