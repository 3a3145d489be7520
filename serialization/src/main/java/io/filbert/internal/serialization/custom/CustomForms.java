// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.custom;

import io.filbert.config.SerializationConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.ById;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.serialization.StreamSerializer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The forms of the user's serializers. Thread-safe; the tables never change. */
public final class CustomForms {

    private static final Logger LOG = System.getLogger(CustomForms.class.getName());

    private final Map<Class<?>, CustomForm> byClass = new HashMap<>();
    private final @Nullable CustomForm global;
    private final ById<CustomForm> byTypeId;
    private final AtomicBoolean destroyed = new AtomicBoolean();

    /** The configuration has been checked: one serializer for each type id. */
    public CustomForms(SerializationConfig config) {
        Map<Integer, CustomForm> byTypeId = new HashMap<>();
        config.customSerializers().forEach((type, serializer) -> {
            CustomForm form = CustomForm.of(serializer);
            byClass.put(type, form);
            byTypeId.put(form.typeId(), form);
        });
        StreamSerializer<?> globalSerializer = config.globalSerializer();
        global = globalSerializer == null ? null : CustomForm.of(globalSerializer);
        if (global != null) {
            byTypeId.put(global.typeId(), global);
        }
        this.byTypeId = new ById<>(byTypeId);
    }

    /**
     * The form registered for the class; or else for its nearest superclass, the last of which is {@code Object}; or else for its nearest
     * interface: first those of the class itself in the order it names them, then those of its superclasses, then those that these
     * extend. Null if there is none. Searches anew each time; the caller remembers.
     */
    public @Nullable ObjectForm registered(Class<?> type) {
        if (byClass.isEmpty()) {
            return null;
        }
        Deque<Class<?>> interfaces = new ArrayDeque<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            CustomForm form = byClass.get(c);
            if (form != null) {
                return form;
            }
            interfaces.addAll(List.of(c.getInterfaces()));
        }
        for (Class<?> i = interfaces.poll(); i != null; i = interfaces.poll()) {
            CustomForm form = byClass.get(i);
            if (form != null) {
                return form;
            }
            interfaces.addAll(List.of(i.getInterfaces()));
        }
        return null;
    }

    /** The form of the global serializer; null if there is none. */
    public @Nullable ObjectForm global() {
        return global;
    }

    /** Reads an object of the serializer with this type id. */
    public Object read(int typeId, DataReader in) throws IOException {
        CustomForm form = byTypeId.get(typeId);
        if (form == null) {
            throw new SerializationException("Cannot deserialize type id " + typeId + " (" + TypeId.nameOf(typeId)
                    + ") at offset " + in.position()
                    + ": no serializer has that type id; those registered are " + byTypeId.ids()
                    + ". Register the one that wrote it (customSerializers or globalSerializer)");
        }
        return form.read(in);
    }

    /** Tells each serializer, once, that the client has ended. A failure is logged and does not keep it from the others. */
    public void destroy() {
        if (!destroyed.compareAndSet(false, true)) {
            return;
        }
        Error fatal = null;
        for (CustomForm form : byTypeId.values()) {
            try {
                form.serializer().destroy();
            } catch (RuntimeException e) {
                LOG.log(
                        Level.WARNING,
                        "destroy() of " + form.serializer().getClass().getName() + " failed: correct the serializer",
                        e);
            } catch (Error e) {
                fatal = fatal == null ? e : fatal;
            }
        }
        if (fatal != null) {
            throw fatal;
        }
    }
}
