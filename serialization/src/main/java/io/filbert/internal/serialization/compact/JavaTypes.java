// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Map.entry;

import io.filbert.error.SerializationException;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.HazelcastJsonValue;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which kind a field of a class has that is written field by field. Where the members' own such writing knows a type, the kind is
 * the same, so that both share data; beyond it: texts for what has a text form (UUID, Duration, Period, ZonedDateTime, OffsetTime,
 * YearMonth, MonthDay, ZoneId, Locale, Currency, JSON), a timestamp in UTC for Instant and Date, a decimal for BigInteger, a nullable
 * number for Year, and for Optional what it holds.
 */
final class JavaTypes {

    /**
     * The kind of single values and the kind of arrays of them.
     *
     * @param carrier what the cursors write and read
     * @param to makes a carrier of a value that is not null; null if they are the same
     * @param from the other way round
     */
    private record Scalar(
            FieldKind kind,
            FieldKind arrayKind,
            Class<?> carrier,
            @Nullable Function<Object, Object> to,
            @Nullable Function<Object, Object> from) {

        @Nullable
        Object write(@Nullable Object value) {
            return value == null || to == null ? value : to.apply(value);
        }

        @Nullable
        Object read(@Nullable Object carried) {
            return carried == null || from == null ? carried : from.apply(carried);
        }
    }

    private static final Map<Class<?>, FieldKind> PRIMITIVES = Map.of(
            boolean.class, FieldKind.BOOLEAN,
            byte.class, FieldKind.INT8,
            short.class, FieldKind.INT16,
            int.class, FieldKind.INT32,
            long.class, FieldKind.INT64,
            float.class, FieldKind.FLOAT32,
            double.class, FieldKind.FLOAT64);

    private static final Map<Class<?>, FieldKind> PRIMITIVE_ARRAYS = Map.of(
            boolean.class, FieldKind.ARRAY_OF_BOOLEAN,
            byte.class, FieldKind.ARRAY_OF_INT8,
            short.class, FieldKind.ARRAY_OF_INT16,
            int.class, FieldKind.ARRAY_OF_INT32,
            long.class, FieldKind.ARRAY_OF_INT64,
            float.class, FieldKind.ARRAY_OF_FLOAT32,
            double.class, FieldKind.ARRAY_OF_FLOAT64);

    @SuppressWarnings("JavaUtilDate") // old classes have old fields
    private static final Map<Class<?>, Scalar> SCALARS = Map.ofEntries(
            same(Boolean.class, FieldKind.NULLABLE_BOOLEAN, FieldKind.ARRAY_OF_NULLABLE_BOOLEAN),
            same(Byte.class, FieldKind.NULLABLE_INT8, FieldKind.ARRAY_OF_NULLABLE_INT8),
            same(Short.class, FieldKind.NULLABLE_INT16, FieldKind.ARRAY_OF_NULLABLE_INT16),
            same(Integer.class, FieldKind.NULLABLE_INT32, FieldKind.ARRAY_OF_NULLABLE_INT32),
            same(Long.class, FieldKind.NULLABLE_INT64, FieldKind.ARRAY_OF_NULLABLE_INT64),
            same(Float.class, FieldKind.NULLABLE_FLOAT32, FieldKind.ARRAY_OF_NULLABLE_FLOAT32),
            same(Double.class, FieldKind.NULLABLE_FLOAT64, FieldKind.ARRAY_OF_NULLABLE_FLOAT64),
            same(String.class, FieldKind.STRING, FieldKind.ARRAY_OF_STRING),
            entry(
                    BigDecimal.class,
                    new Scalar(
                            FieldKind.DECIMAL,
                            FieldKind.ARRAY_OF_DECIMAL,
                            BigDecimal.class,
                            value -> FieldValues.exact(BigDecimal.class, value),
                            carried -> carried)),
            same(LocalTime.class, FieldKind.TIME, FieldKind.ARRAY_OF_TIME),
            same(LocalDate.class, FieldKind.DATE, FieldKind.ARRAY_OF_DATE),
            same(LocalDateTime.class, FieldKind.TIMESTAMP, FieldKind.ARRAY_OF_TIMESTAMP),
            same(OffsetDateTime.class, FieldKind.TIMESTAMP_WITH_TIMEZONE, FieldKind.ARRAY_OF_TIMESTAMP_WITH_TIMEZONE),
            entry(
                    Character.class,
                    new Scalar(
                            FieldKind.NULLABLE_INT16,
                            FieldKind.ARRAY_OF_NULLABLE_INT16,
                            Short.class,
                            value -> (short) (char) (Character) value,
                            carried -> (char) (short) (Short) carried)),
            text(UUID.class, UUID::fromString),
            text(Duration.class, Duration::parse),
            text(Period.class, Period::parse),
            text(ZonedDateTime.class, ZonedDateTime::parse),
            text(OffsetTime.class, OffsetTime::parse),
            entry(
                    YearMonth.class,
                    new Scalar(
                            FieldKind.STRING,
                            FieldKind.ARRAY_OF_STRING,
                            String.class,
                            value -> textOf((YearMonth) value),
                            text -> parse(YearMonth.class, (String) text, YearMonth::parse))),
            text(MonthDay.class, MonthDay::parse),
            text(ZoneId.class, ZoneId::of),
            text(ZoneOffset.class, ZoneOffset::of),
            text(Currency.class, Currency::getInstance),
            text(HazelcastJsonValue.class, HazelcastJsonValue::new),
            entry(
                    Locale.class,
                    new Scalar(
                            FieldKind.STRING,
                            FieldKind.ARRAY_OF_STRING,
                            String.class,
                            value -> FieldValues.tagOf((Locale) value),
                            carried -> Locale.forLanguageTag((String) carried))),
            entry(
                    Year.class,
                    new Scalar(
                            FieldKind.NULLABLE_INT32,
                            FieldKind.ARRAY_OF_NULLABLE_INT32,
                            Integer.class,
                            value -> ((Year) value).getValue(),
                            carried -> Year.of((Integer) carried))),
            entry(
                    BigInteger.class,
                    new Scalar(
                            FieldKind.DECIMAL,
                            FieldKind.ARRAY_OF_DECIMAL,
                            BigDecimal.class,
                            value -> new BigDecimal((BigInteger) FieldValues.exact(BigInteger.class, value)),
                            carried -> integer((BigDecimal) carried))),
            utc(Instant.class, instant -> instant, instant -> instant),
            // Not toInstant: the dates of SQL have none.
            utc(
                    Date.class,
                    date -> Instant.ofEpochMilli(((Date) FieldValues.exact(Date.class, date)).getTime()),
                    instant -> new Date(instant.toEpochMilli())));

    private static final Map<Class<?>, JavaType> OPTIONAL_NUMBERS = Map.of(
            OptionalInt.class,
            JavaType.converted(
                    FieldKind.NULLABLE_INT32,
                    Integer.class,
                    Integer.class,
                    OptionalInt.class,
                    value -> ((OptionalInt) notNull(value)).isPresent() ? ((OptionalInt) notNull(value)).getAsInt() : null,
                    carried -> carried instanceof Integer some ? OptionalInt.of(some) : OptionalInt.empty()),
            OptionalLong.class,
            JavaType.converted(
                    FieldKind.NULLABLE_INT64,
                    Long.class,
                    Long.class,
                    OptionalLong.class,
                    value -> ((OptionalLong) notNull(value)).isPresent() ? ((OptionalLong) notNull(value)).getAsLong() : null,
                    carried -> carried instanceof Long some ? OptionalLong.of(some) : OptionalLong.empty()),
            OptionalDouble.class,
            JavaType.converted(
                    FieldKind.NULLABLE_FLOAT64,
                    Double.class,
                    Double.class,
                    OptionalDouble.class,
                    value -> ((OptionalDouble) notNull(value)).isPresent() ? ((OptionalDouble) notNull(value)).getAsDouble() : null,
                    carried -> carried instanceof Double some ? OptionalDouble.of(some) : OptionalDouble.empty()));

    private final Map<TypeVariable<?>, Type> arguments = new HashMap<>();
    private final Predicate<Class<?>> registered;
    private final String owner;

    /**
     * For the fields of one class.
     *
     * @param type whose superclasses tell what the type variables in them stand for
     * @param registered which classes have a compact form of their own
     */
    JavaTypes(Class<?> type, Predicate<Class<?>> registered) {
        this.registered = registered;
        this.owner = type.getName();
        Type parent = type.getGenericSuperclass();
        while (parent != null) {
            Class<?> raw =
                    parent instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) parent;
            if (parent instanceof ParameterizedType generic) {
                for (int i = 0; i < raw.getTypeParameters().length; i++) {
                    arguments.put(raw.getTypeParameters()[i], resolve(generic.getActualTypeArguments()[i]));
                }
            }
            parent = raw.getGenericSuperclass();
        }
    }

    /**
     * How values of a field of this name are written.
     *
     * @throws ObstacleException if they cannot be
     */
    JavaType of(String name, Type declared) throws ObstacleException {
        return of(declared).named("field '" + name + "' of " + owner);
    }

    JavaType of(Type declared) throws ObstacleException {
        Type type = resolve(declared);
        if (type instanceof ParameterizedType generic && !registered.test(raw(type))) {
            Class<?> raw = raw(type);
            if (raw == Optional.class) {
                return optional(generic.getActualTypeArguments()[0]);
            }
            JavaType map = map(raw, generic);
            if (map != null) {
                return map;
            }
            Collections collections = Collections.of(raw);
            if (collections != null) {
                return collection(raw, collections, generic.getActualTypeArguments()[0]);
            }
        }
        if (type instanceof GenericArrayType array) {
            return array(raw(resolve(array.getGenericComponentType())));
        }
        Class<?> raw = raw(type);
        FieldKind primitive = PRIMITIVES.get(raw);
        if (primitive != null) {
            return JavaType.plain(primitive, raw);
        }
        if (raw == char.class) {
            return new JavaType.OneField(FieldKind.INT16, short.class, char.class, char.class, null, null);
        }
        if (raw.isArray()) {
            return array(raw.getComponentType());
        }
        JavaType optional = OPTIONAL_NUMBERS.get(raw);
        if (optional != null) {
            return optional;
        }
        Scalar scalar = scalar(raw);
        return scalar.to == null
                ? JavaType.plain(scalar.kind, raw)
                : JavaType.converted(scalar.kind, scalar.carrier, raw, raw, scalar::write, scalar::read);
    }

    private JavaType array(Class<?> item) throws ObstacleException {
        FieldKind primitive = PRIMITIVE_ARRAYS.get(item);
        if (primitive != null) {
            return JavaType.plain(primitive, item.arrayType());
        }
        if (item == char.class) {
            return JavaType.converted(
                    FieldKind.ARRAY_OF_INT16,
                    short[].class,
                    char.class,
                    char[].class,
                    values -> shorts((char[]) values),
                    values -> chars((short[]) values));
        }
        Scalar scalar = scalar(item);
        if (scalar.to == null) {
            return JavaType.plain(scalar.arrayKind, item.arrayType());
        }
        return JavaType.converted(
                scalar.arrayKind,
                scalar.carrier.arrayType(),
                item,
                item.arrayType(),
                values -> array((Object[]) values, scalar.carrier, scalar::write),
                values -> array((Object[]) values, item, scalar::read));
    }

    private JavaType optional(Type item) throws ObstacleException {
        Class<?> raw = raw(resolve(item));
        Scalar scalar = scalar(raw);
        return JavaType.converted(
                scalar.kind,
                carrierOf(scalar),
                raw,
                Optional.class,
                value -> scalar.write(((Optional<?>) notNull(value)).orElse(null)),
                carried -> Optional.ofNullable(scalar.read(carried)));
    }

    private JavaType collection(Class<?> raw, Collections collections, Type item) throws ObstacleException {
        Class<?> itemClass = raw(resolve(item));
        Scalar scalar = scalar(itemClass);
        Class<?> carrier = carrierOf(scalar);
        return JavaType.converted(
                scalar.arrayKind,
                carrier.arrayType(),
                itemClass,
                raw,
                values -> collections.toArray(values, carrier, scalar::write),
                values -> collections.of((Object[]) values, itemClass, scalar::read));
    }

    private @Nullable JavaType map(Class<?> raw, ParameterizedType generic) throws ObstacleException {
        Maps maps = Maps.of(raw);
        if (maps == null) {
            return null;
        }
        Class<?> keyClass = raw(resolve(generic.getActualTypeArguments()[0]));
        Class<?> valueClass = raw(resolve(generic.getActualTypeArguments()[1]));
        Scalar key = scalar(keyClass);
        Scalar value = scalar(valueClass);
        Class<?> keyCarrier = carrierOf(key);
        Class<?> valueCarrier = carrierOf(value);
        return JavaType.pair(
                halfOf(key, keyCarrier, keyClass),
                "!keys",
                halfOf(value, valueCarrier, valueClass),
                "!values",
                raw,
                entries -> maps.split(entries, keyCarrier, key::write, valueCarrier, value::write),
                (keys, values) ->
                        maps.of((Object[]) keys, keyClass, key::read, (Object[]) values, valueClass, value::read));
    }

    private static JavaType halfOf(Scalar scalar, Class<?> carrier, Class<?> item) {
        return new JavaType.OneField(scalar.arrayKind, carrier.arrayType(), item, carrier.arrayType(), null, null);
    }

    /** Objects are looked at one by one, as they are read, and not by the class of their array. */
    private static Class<?> carrierOf(Scalar scalar) {
        return scalar.kind == FieldKind.COMPACT ? Object.class : scalar.carrier;
    }

    private Scalar scalar(Class<?> type) throws ObstacleException {
        Scalar object = new Scalar(FieldKind.COMPACT, FieldKind.ARRAY_OF_COMPACT, type, null, null);
        if (registered.test(type)) {
            return object;
        }
        Scalar known = SCALARS.get(type);
        if (known != null) {
            return known;
        }
        if (type.isEnum()) {
            return enumeration(type);
        }
        if (type.isArray() || Collections.of(type) != null || Maps.of(type) != null) {
            throw new ObstacleException(
                    "arrays and collections can only hold single values, not arrays or collections, "
                            + "and must say of which class they are");
        }
        if (NamedClass.isOfJdk(type)) {
            throw new ObstacleException("no kind of field holds objects of " + type.getName());
        }
        return object;
    }

    /** Does not look at the constants before one is read: that would run code of the class. */
    private static Scalar enumeration(Class<?> type) {
        return new Scalar(
                FieldKind.STRING,
                FieldKind.ARRAY_OF_STRING,
                String.class,
                value -> ((Enum<?>) value).name(),
                name -> constant(type, (String) name));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the type is known to be an enum
    private static Object constant(Class<?> type, String name) {
        try {
            return Enum.valueOf((Class) type, name);
        } catch (IllegalArgumentException e) {
            throw CompactErrors.conversion("a constant of " + type.getName(), name, e);
        }
    }

    // ---- types

    /** The type that a type variable or wildcard stands for, as far as it is known. */
    private Type resolve(Type type) {
        Type current = type;
        while (true) {
            if (current instanceof TypeVariable<?> variable) {
                Type argument = arguments.get(variable);
                current = argument != null ? argument : variable.getBounds()[0];
            } else if (current instanceof WildcardType wildcard) {
                current = wildcard.getUpperBounds()[0];
            } else {
                return current;
            }
        }
    }

    private Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        return raw(resolve(((GenericArrayType) type).getGenericComponentType())).arrayType();
    }

    // ---- conversions

    private static Map.Entry<Class<?>, Scalar> same(Class<?> type, FieldKind kind, FieldKind arrayKind) {
        return entry(type, new Scalar(kind, arrayKind, type, null, null));
    }

    private static Map.Entry<Class<?>, Scalar> text(Class<?> type, Function<String, Object> parse) {
        return entry(
                type,
                new Scalar(
                        FieldKind.STRING,
                        FieldKind.ARRAY_OF_STRING,
                        String.class,
                        Object::toString,
                        text -> parse(type, (String) text, parse)));
    }

    /** As others parse it: years of more than four digits have a sign. */
    private static String textOf(YearMonth month) {
        return month.getYear() > 9999 ? "+" + month : month.toString();
    }

    private static Object notNull(@Nullable Object optional) {
        if (optional == null) {
            throw new SerializationException("it is null, and readers would take that for an empty Optional. Set it to one");
        }
        return optional;
    }

    private static Object parse(Class<?> type, String text, Function<String, Object> parse) {
        try {
            return parse.apply(text);
        } catch (RuntimeException e) {
            throw CompactErrors.conversion(type.getName(), text, e);
        }
    }

    private static <T> Map.Entry<Class<?>, Scalar> utc(
            Class<T> type, Function<T, Instant> toInstant, Function<Instant, T> fromInstant) {
        return entry(
                type,
                new Scalar(
                        FieldKind.TIMESTAMP_WITH_TIMEZONE,
                        FieldKind.ARRAY_OF_TIMESTAMP_WITH_TIMEZONE,
                        OffsetDateTime.class,
                        value -> toInstant.apply(type.cast(value)).atOffset(ZoneOffset.UTC),
                        carried -> fromInstant.apply(((OffsetDateTime) carried).toInstant())));
    }

    /** A few bytes can hold a scale that makes a number of gigabytes. */
    private static BigInteger integer(BigDecimal number) {
        if (Math.abs((long) number.scale()) > 10_000) {
            throw CompactErrors.conversion("an integer", "unscaled number with scale " + number.scale(), null);
        }
        try {
            return number.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw CompactErrors.conversion("an integer", number, e);
        }
    }

    private static short @Nullable [] shorts(char @Nullable [] values) {
        if (values == null) {
            return null;
        }
        short[] shorts = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            shorts[i] = (short) values[i];
        }
        return shorts;
    }

    private static char @Nullable [] chars(short @Nullable [] values) {
        if (values == null) {
            return null;
        }
        char[] chars = new char[values.length];
        for (int i = 0; i < values.length; i++) {
            chars[i] = (char) values[i];
        }
        return chars;
    }

    private static @Nullable Object @Nullable [] array(
            @Nullable Object @Nullable [] values,
            Class<?> item,
            Function<@Nullable Object, @Nullable Object> conversion) {
        if (values == null) {
            return null;
        }
        @Nullable Object[] converted = (@Nullable Object[]) Array.newInstance(item, values.length);
        for (int i = 0; i < values.length; i++) {
            converted[i] = conversion.apply(values[i]);
        }
        return converted;
    }
}
