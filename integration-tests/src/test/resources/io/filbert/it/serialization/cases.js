// SPDX-License-Identifier: Apache-2.0
//
// The values all peers agree on, as InteropCase has them for Java, and the classes of the structured ones.
//
//   write    the value; absent where this client can only read the type
//   read     what reading gives, where that is not what was written
//   numbers  how this value's plain numbers are to be written; double unless told
'use strict';

module.exports = (hazelcast, Long) => {
    const {BigDecimal, HazelcastJsonValue, LocalDate, LocalDateTime, LocalTime, OffsetDateTime, UUID} = hazelcast;

    const TEXT = 'ünïcödé \u0000 \u{1F600} 語';
    const JSON_TEXT = '{"name":"\u{1F600}","list":[1,2.5,null]}';
    const MIN_LONG = Long.MIN_VALUE;
    const DECIMAL = new BigDecimal(-123456789012345678901234567890000123n, 6);
    const DATE = new LocalDate(2024, 2, 29);
    const TIME = new LocalTime(23, 59, 59, 999999999);
    const TIMESTAMP = new LocalDateTime(DATE, new LocalTime(12, 30, 15, 1));
    const ZONED = new OffsetDateTime(new LocalDateTime(new LocalDate(1999, 12, 31), TIME), -(5 * 3600 + 30 * 60));
    const FLOATS = [Math.fround(0.1), 1.5, -Infinity];
    const DOUBLES = [0.1, NaN, -0, Number.MAX_VALUE, Number.MIN_VALUE];
    const UUID_VALUE = new UUID(Long.fromString('1234567890abcdef', true, 16).toSigned(),
        Long.fromString('fedcba0987654321', true, 16).toSigned());

    class Inner {
        constructor(text, number) {
            this.text = text;
            this.number = number;
        }
    }

    /** Field values in the order in which they are written. */
    class Sample {
        constructor(fields) {
            this.fields = fields;
        }
    }

    function fieldName(kind) {
        return kind[0].toLowerCase() + kind.slice(1);
    }

    // Identified and custom: [method suffix, value].

    const STREAM = [
        ['Boolean', true], ['Byte', 127], ['Char', 'ß'], ['Short', -32768], ['Int', -2147483648], ['Long', MIN_LONG],
        ['Float', FLOATS[0]], ['Double', 0.1], ['String', TEXT], ['String', null],
        ['ByteArray', Buffer.from([1, 255, 0])], ['BooleanArray', [true, false]], ['CharArray', ['a', '\uFFFF']],
        ['ShortArray', [1, 32767]], ['IntArray', [1, 2147483647]], ['LongArray', [Long.ONE, MIN_LONG]],
        ['FloatArray', FLOATS], ['DoubleArray', DOUBLES], ['StringArray', ['a', '', '語']],
        ['IntArray', null], ['StringArray', []],
        ['Object', null], ['Object', TEXT], ['Object', new Inner('nested', 7)],
    ];

    function writeStream(output, fields) {
        STREAM.forEach(([kind], i) => output[`write${kind}`](kind === 'Object' ? boxed(fields[i]) : fields[i]));
    }

    function readStream(input) {
        return STREAM.map(([kind]) => unboxed(input[`read${kind}`]()));
    }

    class IdentifiedInner {
        constructor(value) {
            this.factoryId = 1;
            this.classId = 2;
            this.value = value;
        }

        writeData(output) {
            output.writeString(this.value.text);
            output.writeInt(this.value.number);
        }

        readData(input) {
            this.value = new Inner(input.readString(), input.readInt());
        }
    }

    function boxed(value) {
        return value instanceof Inner ? new IdentifiedInner(value) : value;
    }

    function unboxed(value) {
        return value instanceof IdentifiedInner ? value.value : value;
    }

    class IdentifiedSample {
        constructor(fields) {
            this.factoryId = 1;
            this.classId = 1;
            this.fields = fields;
        }

        writeData(output) {
            writeStream(output, this.fields);
        }

        readData(input) {
            this.fields = readStream(input);
        }
    }

    class CustomSample extends Sample {
        get hzCustomId() {
            return 1001;
        }
    }

    const customSerializer = {
        id: 1001,
        write: (output, sample) => writeStream(output, sample.fields),
        read: (input) => new CustomSample(readStream(input)),
    };

    // Portable: [method suffix, value, value if the absent ones are absent].

    class PortableInner {
        constructor(text, number) {
            this.factoryId = 1;
            this.classId = 2;
            this.text = text;
            this.number = number;
        }

        writePortable(writer) {
            writer.writeString('text', this.text);
            writer.writeInt('number', this.number);
        }

        readPortable(reader) {
            this.text = reader.readString('text');
            this.number = reader.readInt('number');
        }
    }

    const PORTABLE = [
        ['Byte', 127, 0], ['Boolean', true, false], ['Char', 'ß', '\u0000'], ['Short', -32768, 0],
        ['Int', -2147483648, 0], ['Long', MIN_LONG, Long.ZERO], ['Float', FLOATS[0], 0], ['Double', 0.1, 0],
        ['String', TEXT, null], ['Portable', new PortableInner('nested', 7), null],
        ['PortableArray', [new PortableInner('first', 1), new PortableInner('second', 2)], null],
        ['ByteArray', Buffer.from([1, 255, 0]), null], ['BooleanArray', [true, false], null],
        ['CharArray', ['a', '\uFFFF'], null], ['ShortArray', [1, 32767], null],
        ['IntArray', [1, 2147483647], null], ['LongArray', [Long.ONE, MIN_LONG], null],
        ['FloatArray', FLOATS, null], ['DoubleArray', DOUBLES, null], ['StringArray', ['a', '', '語'], null],
        ['Decimal', DECIMAL, null], ['DecimalArray', [DECIMAL], null],
        ['Time', TIME, null], ['TimeArray', [TIME], null],
        ['Date', DATE, null], ['DateArray', [DATE], null],
        ['Timestamp', TIMESTAMP, null], ['TimestampArray', [TIMESTAMP], null],
        ['TimestampWithTimezone', ZONED, null], ['TimestampWithTimezoneArray', [ZONED], null],
    ];

    class PortableSample {
        constructor(fields) {
            this.factoryId = 1;
            this.classId = 1;
            this.fields = fields;
        }

        writePortable(writer) {
            PORTABLE.forEach(([kind], i) => {
                if (kind === 'Portable' && this.fields[i] === null) {
                    writer.writeNullPortable(fieldName(kind), 1, 2);
                } else {
                    writer[`write${kind}`](fieldName(kind), this.fields[i]);
                }
            });
        }

        readPortable(reader) {
            this.fields = PORTABLE.map(([kind]) => reader[`read${kind}`](fieldName(kind)));
        }
    }

    const portable = new PortableSample(PORTABLE.map((field) => field[1]));

    // Compact: [kind, value, value if the absent ones are absent]; array kinds also come empty.

    const COMPACT_PLAIN = [
        ['Boolean', true, false, [true, false, true, true, false, false, false, false, true]],
        ['Int8', -128, 0, Buffer.from([1, 255, 0])],
        ['Int16', -32768, 0, [1, 32767]],
        ['Int32', -2147483648, 0, [1, 2147483647]],
        ['Int64', MIN_LONG, Long.ZERO, [Long.ONE, MIN_LONG]],
        ['Float32', FLOATS[0], 0, FLOATS],
        ['Float64', 0.1, 0, DOUBLES],
    ];
    const COMPACT = [
        ...COMPACT_PLAIN.map(([kind, value, zero]) => [kind, value, zero]),
        ['String', TEXT, null], ['Decimal', DECIMAL, null], ['Time', TIME, null], ['Date', DATE, null],
        ['Timestamp', TIMESTAMP, null], ['TimestampWithTimezone', ZONED, null],
        ['Compact', new Inner('nested', 7), null],
        ...COMPACT_PLAIN.map(([kind, , , array]) => [`ArrayOf${kind}`, array, null]),
        ['ArrayOfString', ['a', null, ''], null], ['ArrayOfDecimal', [DECIMAL, null], null],
        ['ArrayOfTime', [TIME, null], null], ['ArrayOfDate', [DATE, null], null],
        ['ArrayOfTimestamp', [TIMESTAMP, null], null], ['ArrayOfTimestampWithTimezone', [ZONED, null], null],
        ['ArrayOfCompact', [new Inner('first', 1), null], null],
        ...COMPACT_PLAIN.map(([kind, value]) => [`Nullable${kind}`, value, null]),
        ...COMPACT_PLAIN.map(([kind, value, zero]) => [`ArrayOfNullable${kind}`, [value, null, zero], null]),
    ];

    class CompactSample extends Sample {}

    const compactSerializers = [
        {
            getClass: () => CompactSample,
            getTypeName: () => 'interop-sample',
            write: (writer, sample) => COMPACT.forEach(([kind], i) => writer[`write${kind}`](fieldName(kind), sample.fields[i])),
            read: (reader) => new CompactSample(COMPACT.map(([kind]) => reader[`read${kind}`](fieldName(kind)))),
        },
        {
            getClass: () => Inner,
            getTypeName: () => 'interop-inner',
            write: (writer, inner) => {
                writer.writeString('text', inner.text);
                writer.writeInt32('number', inner.number);
            },
            read: (reader) => new Inner(reader.readString('text'), reader.readInt32('number')),
        },
    ];

    function empty(kind, value) {
        if (!kind.startsWith('ArrayOf')) {
            return value;
        }
        return Buffer.isBuffer(value) ? Buffer.alloc(0) : [];
    }

    const cases = {
        byte: {write: 127, numbers: 'byte'},
        negativeByte: {write: -128, read: 128, numbers: 'byte'}, // This client reads bytes without their sign.
        boolean: {write: true},
        character: {read: 'ß'},
        short: {write: -32768, numbers: 'short'},
        integer: {write: -2147483648, numbers: 'integer'},
        long: {write: MIN_LONG},
        float: {write: FLOATS[0], numbers: 'float'},
        double: {write: 0.1},
        notANumber: {write: NaN},
        string: {write: TEXT},
        emptyString: {write: ''},
        longString: {write: '語'.repeat(50000)},
        uuid: {write: UUID_VALUE},
        date: {write: new Date(1700000000123)},
        javaClass: {read: 'java.lang.String'},
        bigInteger: {write: -(2n ** 500n)},
        minusOne: {read: -1n}, // This client writes it without a single byte, which nobody can read, itself included.
        smallBigInteger: {write: 128n},
        bigDecimal: {write: DECIMAL},
        bigDecimalOfNegativeScale: {write: new BigDecimal(-7n, -3)},
        localDate: {write: DATE},
        localTime: {write: TIME},
        localDateTime: {write: TIMESTAMP},
        offsetDateTime: {write: ZONED},
        byteArray: {write: Buffer.from([1, 255, 0])},
        booleanArray: {write: [true, false]},
        charArray: {read: ['a', '\uFFFF']},
        shortArray: {write: [1, 32767], numbers: 'short'},
        intArray: {write: [1, 2147483647], numbers: 'integer'},
        longArray: {write: [Long.ONE, MIN_LONG]},
        floatArray: {write: FLOATS, numbers: 'float'},
        doubleArray: {write: DOUBLES},
        emptyDoubleArray: {write: []},
        stringArray: {write: ['a', '', '語']},
        stringArrayWithNull: {write: ['a', null]},
        objectArray: {read: [TEXT, 1, null, ['nested'], Long.fromNumber(2)]},
        arrayList: {read: [TEXT, 1, null, ['nested'], new IdentifiedInner(new Inner('nested', 7))]},
        linkedList: {read: [null, 1.5, true]},
        emptyList: {read: []},
        json: {write: new HazelcastJsonValue(JSON_TEXT)},
        identified: {write: new IdentifiedSample(STREAM.map(([, value]) => value))},
        custom: {write: new CustomSample(STREAM.map(([, value]) => value))},
        portable: {write: portable},
        portableOfNulls: {write: new PortableSample(PORTABLE.map((field) => field[2]))},
        compact: {write: new CompactSample(COMPACT.map((field) => field[1]))},
        compactOfNulls: {write: new CompactSample(COMPACT.map((field) => field[2]))},
        compactOfEmptyArrays: {write: new CompactSample(COMPACT.map(([kind, value]) => empty(kind, value)))},
    };

    function factory(byClassId) {
        return (classId) => new byClassId[classId]();
    }

    return {
        cases,
        serialization: () => ({
            jsonStringDeserializationPolicy: 'no_deserialization',
            dataSerializableFactories: {1: factory({1: IdentifiedSample, 2: IdentifiedInner})},
            portableFactories: {1: factory({1: PortableSample, 2: PortableInner})},
            customSerializers: [customSerializer],
            compact: {serializers: compactSerializers},
        }),
    };
};
