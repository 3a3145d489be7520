// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.config.SerializationConfig;
import io.filbert.error.ConfigurationException;
import io.filbert.internal.serialization.schema.LongTable;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.internal.serialization.schema.SchemaStore;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.internal.serialization.stream.Classes;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.SerializationErrors;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.GenericRecord;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The compact forms of classes: those with a serializer, those that are registered, and those that nothing else fits. Thread-safe. */
public final class CompactForms {

    /**
     * What became of the attempt to write a class field by field.
     *
     * @param readings of objects of the class, which live as long as it does
     */
    private record Attempt(@Nullable PlainForm form, String obstacle, Queue<Reading> readings) {}

    /** How objects of one schema are read, without keeping their class from being unloaded. */
    private record Found(@Nullable Reading kept, WeakReference<Reading> ofClass) {

        static Found of(Reading reading, boolean keep) {
            return new Found(keep ? reading : null, new WeakReference<>(reading));
        }

        @Nullable
        Reading reading() {
            return kept != null ? kept : ofClass.get();
        }
    }

    private final Schemas schemas;
    private final SchemaStore store;
    private final Predicate<String> typeFilter;
    private final GenericForm generic = new GenericForm(this);
    private final Map<Class<?>, CompactForm> registered =
            new HashMap<>(); // as all maps here that are not concurrent: made
    private final Map<String, CompactForm> byTypeName = new HashMap<>(); // by the constructor, not changed later
    private final Queue<WeakReference<Class<?>>> attempted = new ConcurrentLinkedQueue<>();
    private final LongTable<Found> readings = new LongTable<>();
    private final LongTable<Reading> genericReadings = new LongTable<>();

    /** Kept with the classes, so that none is kept from being unloaded while the client lives. */
    private final ClassValue<Attempt> fieldByField = new ClassValue<>() {
        @Override
        protected Attempt computeValue(Class<?> type) {
            attempted.add(new WeakReference<>(type));
            return attemptAnew(type);
        }
    };

    /** @throws ConfigurationException if a registered class cannot be written field by field */
    public CompactForms(SerializationConfig config, Schemas schemas, SchemaStore store) {
        this.schemas = schemas;
        this.store = store;
        this.typeFilter = config.compactTypeFilter();
        registered.put(GenericRecord.class, generic);
        for (CompactSerializer<?> serializer : config.compactSerializers()) {
            SerializerForm<?> form = new SerializerForm<>(this, serializer);
            registered.put(form.type(), form);
            byTypeName.put(form.typeName(), form);
        }
        List<String> problems = new ArrayList<>();
        for (Class<?> type : config.compactClasses()) {
            Attempt attempt = attempt(type);
            if (attempt.form == null) {
                problems.add(
                        "compactClasses: " + type.getName() + " cannot be written field by field: " + attempt.obstacle);
            } else {
                registered.put(type, attempt.form);
                byTypeName.putIfAbsent(type.getName(), attempt.form);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** The form of a class with a serializer, or registered to be written field by field; null for others. */
    public @Nullable ObjectForm registered(Class<?> type) {
        return registeredForm(type);
    }

    /** Constants of an enum that have a body are of a class of their own. */
    private @Nullable CompactForm registeredForm(Class<?> type) {
        CompactForm form = registered.get(type);
        Class<?> parent = form == null ? type.getSuperclass() : null;
        return parent != null && parent.isEnum() ? registered.get(parent) : form;
    }

    /** The form that writes the class field by field; null if that is not possible, and {@link #obstacle} says why. */
    public @Nullable ObjectForm fieldByField(Class<?> type) {
        return attempt(type).form;
    }

    /** Why a class cannot be written field by field, and what to change. */
    public String obstacle(Class<?> type) {
        String obstacle = attempt(type).obstacle;
        return obstacle.isEmpty() ? "" : "It cannot be written field by field either: " + obstacle;
    }

    private Attempt attempt(Class<?> type) {
        return fieldByField.get(type);
    }

    private Attempt attemptAnew(Class<?> type) {
        @Nullable PlainForm form = null;
        String obstacle = "";
        try {
            form = new PlainForm(this, ClassPlan.of(type, registered::containsKey));
        } catch (ObstacleException e) {
            obstacle = e.getMessage();
        } catch (LinkageError | TypeNotPresentException | MalformedParameterizedTypeException e) {
            obstacle = "a class it is made of cannot be loaded (" + e + ")";
        }
        return new Attempt(form, obstacle, new ConcurrentLinkedQueue<>());
    }

    /** Removes what is kept with classes. */
    public void destroy() {
        for (WeakReference<Class<?>> each : attempted) {
            Class<?> type = each.get();
            if (type != null) {
                fieldByField.remove(type);
            }
        }
        attempted.clear();
    }

    // ---- write

    /** Writes an object inside another one. */
    void writeNested(DataWriter out, Object object) {
        Class<?> type = object.getClass();
        CompactForm form = registeredForm(type);
        if (form == null) {
            form = attempt(type).form;
        }
        if (form == null) {
            throw CompactErrors.notCompact(type, attempt(type).obstacle);
        }
        try {
            form.write(out, object);
        } catch (IOException e) {
            throw SerializationErrors.writeFailed(TypeId.COMPACT, type, e);
        }
    }

    /** The layout of a schema that objects are about to be written with: others get to know it before them. */
    Layout introduce(Schema schema) {
        Layout layout = new Layout(schema);
        Schema known = schemas.find(schema.id());
        if (known == null) {
            // First the store: whoever finds the schema known may send objects at once.
            store.publish(schema);
            schemas.add(schema);
        } else if (!known.equals(schema)) {
            throw CompactErrors.sameId(schema, known);
        }
        return layout;
    }

    // ---- read

    /** Reads an object of any class. */
    public @Nullable Object read(DataReader in) {
        long id = in.readLong();
        Found found = readings.find(id);
        Reading reading = found == null ? null : found.reading();
        if (reading == null || reading.isOutdated()) {
            reading = readingOf(schemaOf(id, in), in.classes());
            readings.put(id, Found.of(reading, !(reading.form() instanceof PlainForm)));
        }
        FieldReader reader = new FieldReader(in, reading);
        Object object = reading.form().read(reader);
        reader.end();
        return object;
    }

    /** Reads an object whatever its class, as a record without one. */
    Object readGeneric(DataReader in) {
        long id = in.readLong();
        Reading reading = genericReadings.find(id);
        if (reading == null) {
            reading = genericReadings.putIfAbsent(id, generically(new Layout(schemaOf(id, in)), null));
        }
        FieldReader reader = new FieldReader(in, reading);
        Object object = generic.read(reader);
        reader.end();
        return object;
    }

    /** A serializer around this object may catch the signal and throw something else: so the cursor remembers it. */
    private Schema schemaOf(long id, DataReader in) {
        try {
            return schemas.get(id);
        } catch (UnknownSchemaException e) {
            in.signal(e);
            throw e;
        }
    }

    private Reading readingOf(Schema schema, Classes classes) {
        Layout layout = new Layout(schema);
        String typeName = schema.typeName();
        CompactForm form = byTypeName.get(typeName);
        if (form != null) {
            return new Reading(layout, form, form.membersIn(layout), null);
        }
        if (!NamedClass.isPermitted(typeName) || !typeFilter.test(typeName)) {
            return generically(layout, null);
        }
        Class<?> type = NamedClass.find(classes, typeName);
        if (type != null && !NamedClass.isOfJdk(type)) {
            Attempt attempt = attempt(type);
            if (attempt.form == null) {
                throw CompactErrors.cannotCreate(typeName, attempt.obstacle);
            }
            Reading reading = new Reading(layout, attempt.form, attempt.form.membersIn(layout), null);
            attempt.readings.add(reading);
            return reading;
        }
        return generically(layout, classes.absence());
    }

    /** Why an object was read without a class, and what to change; empty if it has one. */
    String reasonForNoClass(Object object) {
        if (!(object instanceof GenericRecord record)) {
            return "";
        }
        String typeName = record.typeName();
        if (NamedClass.isPermitted(typeName) && !typeFilter.test(typeName)) {
            return ", because compactTypeFilter refuses its name. Let it accept that";
        }
        return ", because this client has no class of that name. Put the class on the class path, "
                + "or register a CompactSerializer with that type name";
    }

    private Reading generically(Layout layout, Classes.@Nullable Absence absence) {
        return new Reading(layout, generic, generic.membersIn(layout), absence);
    }
}
