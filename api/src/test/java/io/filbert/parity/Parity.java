// SPDX-License-Identifier: Apache-2.0
package io.filbert.parity;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares an asynchronous interface with its blocking view. Each method of the first must have a twin of the same name and
 * parameters in the second, whose result is the same without the future, and which calls that very method.
 */
public final class Parity {

    private final Class<?> async;
    private final Class<?> blocking;

    private Parity(Class<?> async, Class<?> blocking) {
        this.async = async;
        this.blocking = blocking;
    }

    public static Parity between(Class<?> async, Class<?> blocking) {
        return new Parity(async, blocking);
    }

    /**
     * What does not match, one sentence each.
     *
     * @param exceptions methods of the asynchronous interface that deviate on purpose, with the reason
     */
    public List<String> deviationsBesides(Map<String, String> exceptions) throws ReflectiveOperationException {
        List<String> deviations = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Method method : async.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || method.isBridge()) {
                continue;
            }
            String signature = signature(method);
            seen.add(signature);
            String deviation = deviation(method, signature);
            if (!exceptions.containsKey(signature)) {
                if (deviation != null) {
                    deviations.add(deviation);
                }
            } else if (deviation == null) {
                deviations.add("the exception for " + signature + " is stale: the twin exists");
            }
        }
        exceptions.keySet().stream()
                .filter(signature -> !seen.contains(signature))
                .forEach(signature ->
                        deviations.add("the exception for " + signature + " is stale: there is no such method"));
        return deviations;
    }

    /** How a method of the blocking view that bears another name deviates from the method it stands for; null if not. */
    public @Nullable String deviation(Method blockingMethod, Method asyncMethod) throws ReflectiveOperationException {
        return new Recording(async, blocking, blockingMethod).deviationFrom(asyncMethod);
    }

    private @Nullable String deviation(Method method, String signature) throws ReflectiveOperationException {
        Method twin;
        try {
            twin = blocking.getMethod(method.getName(), method.getParameterTypes());
        } catch (NoSuchMethodException e) {
            return signature + " has no blocking twin";
        }
        String expected = expectedResult(method);
        String actual = text(twin.getGenericReturnType());
        if (!expected.equals(actual)) {
            return signature + " returns " + actual + " in the blocking view, not " + expected;
        }
        if (!sameParameters(method, twin)) {
            return signature + " takes " + texts(twin.getGenericParameterTypes()) + " in the blocking view, not "
                    + texts(method.getGenericParameterTypes());
        }
        if (!twin.isDefault()) {
            return signature + " is abstract in the blocking view";
        }
        String call = deviation(twin, method);
        return call == null ? null : signature + " in the blocking view " + call;
    }

    /** The JDK's own methods take {@code Object} where ours take the type variable. */
    private static boolean sameParameters(Method method, Method twin) {
        Type[] ours = method.getGenericParameterTypes();
        Type[] theirs = twin.getGenericParameterTypes();
        for (int i = 0; i < ours.length; i++) {
            if (theirs[i] != Object.class && !text(ours[i]).equals(text(theirs[i]))) {
                return false;
            }
        }
        return true;
    }

    /** The result without the future; the structure itself becomes its blocking view. */
    private String expectedResult(Method method) {
        Type result = method.getGenericReturnType();
        if (result instanceof ParameterizedType future && future.getRawType() == CompletableFuture.class) {
            return text(future.getActualTypeArguments()[0]);
        }
        return method.getReturnType() == async
                ? text(result).replace(async.getSimpleName(), blocking.getSimpleName())
                : text(result);
    }

    /** A type as text; {@code Integer} counts as {@code int}, type variables count by their names. */
    private static String text(Type type) {
        if (type instanceof Class<?> c) {
            return MethodType.methodType(c).unwrap().returnType().getSimpleName();
        }
        if (type instanceof ParameterizedType p) {
            return ((Class<?>) p.getRawType()).getSimpleName()
                    + Arrays.stream(p.getActualTypeArguments())
                            .map(a -> a instanceof Class<?> c ? c.getSimpleName() : text(a))
                            .collect(Collectors.joining(",", "<", ">"));
        }
        return type.getTypeName();
    }

    private static String texts(Type[] types) {
        return Stream.of(types).map(Parity::text).collect(Collectors.joining(",", "(", ")"));
    }

    /** Name and erased parameter types, as in {@code put(Object,Object,Duration)}. */
    static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"));
    }
}
