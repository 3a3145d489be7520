// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.serialization.schema.Schema;
import io.filbert.serialization.FieldKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of one class are taken apart and made, field by field. Made without running any code of the class. Immutable.
 *
 * <p>Records are read by their accessors and made by their canonical constructor. Other classes need a constructor without parameters, of
 * any visibility; their fields are those that are neither static nor transient, of superclasses too.
 */
final class ClassPlan {

    /** A field with its type and how it is read, and written unless a constructor takes it. */
    private record Property(
            String name,
            JavaType type,
            MethodHandle getter,
            @Nullable MethodHandle setter) {}

    private static final int MOST = 253; // parameters of a constructor called by a handle; long and double count twice
    private static final int MANY = 200; // parameters: composed code needs a few of those for itself

    private final Class<?> type;
    private final List<Property> properties = new ArrayList<>();
    private final List<String> members =
            new ArrayList<>(); // the names of all fields of the schema, as the properties come
    private final MethodHandle constructor; // or the only object of the class

    private ClassPlan(Class<?> type, JavaTypes types) throws ObstacleException {
        this.type = type;
        if (type.isRecord()) {
            constructor = planRecord(types);
        } else {
            constructor = planClass(types);
        }
        Set<String> names = new HashSet<>();
        for (Property property : properties) {
            for (String suffix : property.type.suffixes()) {
                String name = property.name + suffix;
                if (!names.add(name)) {
                    throw new ObstacleException(
                            "the field '" + name + "' is there twice, in the class and in a superclass. "
                                    + "Rename one of them, or register a CompactSerializer");
                }
                members.add(name);
            }
        }
    }

    /**
     * The plan of a class.
     *
     * @param registered which classes have a compact form of their own, as fields of others
     * @throws ObstacleException if the class cannot be written field by field
     */
    static ClassPlan of(Class<?> type, Predicate<Class<?>> registered) throws ObstacleException {
        requireSuitable(type);
        return new ClassPlan(type, new JavaTypes(type, registered));
    }

    private static void requireSuitable(Class<?> type) throws ObstacleException {
        if (NamedClass.isOfJdk(type) || type.isArray() || type.isPrimitive()) {
            throw new ObstacleException(type.getTypeName() + " is a class of the JDK, whose fields are its own affair");
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw new ObstacleException(type.getName() + " is an interface or an abstract class");
        }
        if (Enum.class.isAssignableFrom(type)) {
            throw new ObstacleException(type.getName() + " is an enum: its constants are not made but chosen. "
                    + "As fields of other classes enums are written as their names");
        }
        if (type.isHidden() || type.isSynthetic()) {
            throw new ObstacleException(type.getName() + " is a lambda or another class without a name of its own");
        }
        if (type.isAnonymousClass()) {
            throw new ObstacleException(type.getName() + " is an anonymous class. Give it a name");
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            throw new ObstacleException(type.getName() + " is an inner class, and each object of it belongs to one of "
                    + type.getEnclosingClass().getName() + ". Declare it static");
        }
        for (Class<?> parent = type.getSuperclass(); parent != null; parent = parent.getSuperclass()) {
            if (NamedClass.isOfJdk(parent) && parent != Object.class && parent != Record.class) {
                throw new ObstacleException(type.getName() + " extends " + parent.getName()
                        + ", a class of the JDK, whose fields are its own affair. Register a CompactSerializer");
            }
        }
    }

    private MethodHandle planRecord(JavaTypes types) throws ObstacleException {
        MethodHandles.Lookup lookup = lookupIn(type);
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters = new Class<?>[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                RecordComponent component = components[i];
                parameters[i] = component.getType();
                String name = component.getName();
                MethodHandle accessor = lookup.unreflect(component.getAccessor());
                properties.add(new Property(name, typeOf(types, name, component.getGenericType()), accessor, null));
            }
            MethodType signature = MethodType.methodType(void.class, parameters);
            if (slotsOf(signature) > MOST) {
                throw new ObstacleException(type.getName() + " has more components than can be set one by one. "
                        + "Divide it into several records, or register a CompactSerializer");
            }
            return lookup.findConstructor(type, signature);
        } catch (ReflectiveOperationException e) {
            throw inaccessible(type, e);
        }
    }

    private MethodHandle planClass(JavaTypes types) throws ObstacleException {
        Constructor<?> withoutParameters;
        try {
            withoutParameters = type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new ObstacleException(type.getName()
                    + " has no constructor without parameters. Add one, which may be private, or make the class a record, "
                    + "or register a CompactSerializer");
        }
        for (Class<?> part = type; part != Object.class; part = part.getSuperclass()) {
            MethodHandles.Lookup lookup = lookupIn(part);
            for (Field field : part.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers) && !field.isSynthetic()) {
                    properties.add(property(types, lookup, field));
                }
            }
        }
        try {
            Field only = onlyObject(withoutParameters);
            if (only != null && properties.isEmpty()) {
                return lookupIn(type).unreflectGetter(only);
            }
            if (only != null) {
                throw new ObstacleException(type.getName() + " is a singleton, whose only object is "
                        + only.getName() + ", and reading would create another one. "
                        + "Write what it stands for, or register a CompactSerializer that returns it");
            }
            return lookupIn(type).unreflectConstructor(withoutParameters);
        } catch (IllegalAccessException e) {
            throw inaccessible(type, e);
        }
    }

    /**
     * The constant that holds the only object of a singleton, such as an object of Kotlin; null if the class is none. The only constructor
     * of a singleton is private and has no parameters, and there is one constant of the class's own type.
     */
    private @Nullable Field onlyObject(Constructor<?> constructor) {
        if (!Modifier.isPrivate(constructor.getModifiers()) || type.getDeclaredConstructors().length > 1) {
            return null;
        }
        Field only = null;
        for (Field field : type.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (field.getType() == type && Modifier.isStatic(modifiers)) {
                if (only != null || !Modifier.isFinal(modifiers)) {
                    return null;
                }
                only = field;
            }
        }
        return only;
    }

    private static Property property(JavaTypes types, MethodHandles.Lookup lookup, Field field)
            throws ObstacleException {
        JavaType fieldType = typeOf(types, field.getName(), field.getGenericType());
        try {
            if (Modifier.isFinal(field.getModifiers())) {
                field.setAccessible(true); // so that a field can be set that is final because nobody else sets it
            }
            return new Property(
                    field.getName(), fieldType, lookup.unreflectGetter(field), lookup.unreflectSetter(field));
        } catch (IllegalAccessException | RuntimeException e) {
            throw inaccessible(field.getDeclaringClass(), e);
        }
    }

    private static JavaType typeOf(JavaTypes types, String name, Type type) throws ObstacleException {
        try {
            return types.of(name, type);
        } catch (ObstacleException e) {
            throw new ObstacleException(
                    "its field '" + name + "' is of " + type.getTypeName() + ", and " + e.getMessage()
                            + ". Declare it as a type that fields can hold, make it transient, or register a CompactSerializer");
        }
    }

    private static MethodHandles.Lookup lookupIn(Class<?> type) throws ObstacleException {
        ClassPlan.class.getModule().addReads(type.getModule());
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw inaccessible(type, e);
        }
    }

    private static ObstacleException inaccessible(Class<?> type, Exception cause) {
        Module own = ClassPlan.class.getModule();
        return new ObstacleException("the module of " + type.getName() + " does not allow it. Add \"opens "
                + type.getPackageName() + (own.isNamed() ? " to " + own.getName() : "") + ";\" to its declaration ("
                + cause.getMessage() + ")");
    }

    String typeName() {
        return type.getName();
    }

    Schema schema() {
        List<Schema.Field> fields = new ArrayList<>();
        for (Property property : properties) {
            List<String> suffixes = property.type.suffixes();
            List<FieldKind> kinds = property.type.kinds();
            for (int i = 0; i < suffixes.size(); i++) {
                fields.add(new Schema.Field(property.name + suffixes.get(i), kinds.get(i)));
            }
        }
        return new Schema(typeName(), fields);
    }

    /** Where the fields of the class lie in objects of this layout. */
    @Nullable
    Slot[] membersIn(Layout layout) {
        @Nullable Slot[] slots = new @Nullable Slot[members.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = layout.find(members.get(i));
        }
        return slots;
    }

    /** Writes an object of the class with its own schema: {@code (SlotWriter, Object) -> void}. */
    MethodHandle writer(Layout layout) {
        MethodType result = MethodType.methodType(void.class, SlotWriter.class, Object.class);
        if (properties.isEmpty()) {
            return MethodHandles.empty(result);
        }
        List<MethodHandle> steps = new ArrayList<>();
        for (Property property : properties) {
            List<Slot> slots = new ArrayList<>();
            for (String suffix : property.type.suffixes()) {
                slots.add(Objects.requireNonNull(layout.find(property.name + suffix)));
            }
            MethodHandle put = property.type.writer(slots);
            // A field of a generic superclass may be declared as less than it is.
            MethodHandle getter =
                    property.getter.asType(MethodType.methodType(put.type().parameterType(1), type));
            steps.add(MethodHandles.filterArguments(put, 1, getter));
        }
        return Handles.sequence(steps).asType(result);
    }

    /** Makes an object of the class, whatever the schema of the bytes: {@code SlotReader -> Object}. */
    MethodHandle reader() {
        MethodType result = MethodType.methodType(Object.class, SlotReader.class);
        List<MethodHandle> values = new ArrayList<>();
        int member = 0;
        for (Property property : properties) {
            values.add(property.type.reader(member));
            member += property.type.suffixes().size();
        }
        if (values.isEmpty()) {
            return MethodHandles.dropArguments(constructor, 0, SlotReader.class).asType(result);
        }
        return (type.isRecord() ? constructing(values) : setting(values)).asType(result);
    }

    /** A constructor takes all values. */
    private MethodHandle constructing(List<MethodHandle> values) {
        if (slotsOf(constructor.type()) > MANY) {
            return ManyValues.constructing(constructor, values);
        }
        MethodHandle handle = MethodHandles.filterArguments(constructor, 0, values.toArray(new MethodHandle[0]));
        return MethodHandles.permuteArguments(
                handle, MethodType.methodType(handle.type().returnType(), SlotReader.class), new int[values.size()]);
    }

    private static int slotsOf(MethodType signature) {
        int slots = 0;
        for (Class<?> parameter : signature.parameterList()) {
            slots += parameter == long.class || parameter == double.class ? 2 : 1;
        }
        return slots;
    }

    /** An object without values gets one after the other. */
    private MethodHandle setting(List<MethodHandle> values) {
        List<MethodHandle> steps = new ArrayList<>();
        int member = 0;
        for (int i = 0; i < values.size(); i++) {
            MethodHandle setter = Objects.requireNonNull(properties.get(i).setter);
            MethodHandle value = values.get(i);
            setter = setter.asType(
                    MethodType.methodType(void.class, type, value.type().returnType()));
            MethodHandle set = MethodHandles.filterArguments(setter, 1, value); // (object, reader) -> void
            MethodHandle test = MethodHandles.insertArguments(
                    Handles.virtual(SlotReader.class, "hasMember", MethodType.methodType(boolean.class, int.class)),
                    1,
                    member);
            // What the object lacks stays as the constructor has set it.
            steps.add(MethodHandles.guardWithTest(
                    MethodHandles.dropArguments(test, 0, type), set, MethodHandles.empty(set.type())));
            member += properties.get(i).type.suffixes().size();
        }
        MethodHandle all = Handles.sequence(steps);
        // object -> object, after its fields have been set
        MethodHandle filled = MethodHandles.foldArguments(
                MethodHandles.dropArguments(MethodHandles.identity(type), 1, SlotReader.class), all);
        return MethodHandles.foldArguments(filled, MethodHandles.dropArguments(constructor, 0, SlotReader.class));
    }
}
