// SPDX-License-Identifier: Apache-2.0
package io.filbert.parity;

import io.filbert.map.Expiry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls one method of a blocking view whose asynchronous side answers at once and writes down what it was asked. Not
 * thread-safe.
 */
final class Recording {

    private final Class<?> async;
    private final Method twin;
    private final @Nullable Object answer;
    private final Object[] arguments;
    private final List<Method> called = new ArrayList<>();
    private final List<Object[]> calledWith = new ArrayList<>();
    private final Object view;

    Recording(Class<?> async, Class<?> blocking, Method twin) {
        this.async = async;
        this.twin = twin;
        this.answer = answerFor(twin.getReturnType());
        Class<?>[] types = twin.getParameterTypes();
        arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = sample(types[i], i);
        }
        Object asyncSide = proxy(async, this::answerAsync);
        view = proxy(
                blocking,
                (proxy, method, args) -> method.getName().equals("async")
                        ? asyncSide
                        : InvocationHandler.invokeDefault(proxy, method, args == null ? new Object[0] : args));
    }

    /** What the twin does otherwise than calling the method and returning its answer; null if nothing. */
    @Nullable
    String deviationFrom(Method method) throws ReflectiveOperationException {
        Object result = twin.invoke(view, arguments);
        if (called.isEmpty()) {
            return "calls nothing";
        }
        if (!Parity.signature(called.get(0)).equals(Parity.signature(method))) {
            return "calls " + Parity.signature(called.get(0));
        }
        if (!Arrays.equals(calledWith.get(0), arguments)) {
            return "passes other arguments";
        }
        Object expected = method.getReturnType() == async ? view : answer;
        return expected == null || expected.equals(result) ? null : "returns something else than the answer";
    }

    private @Nullable Object answerAsync(Object proxy, Method method, Object @Nullable [] args) {
        called.add(method);
        calledWith.add(args == null ? new Object[0] : args);
        if (method.getReturnType() == CompletableFuture.class) {
            return CompletableFuture.completedFuture(answer);
        }
        if (method.getReturnType() == async) {
            return proxy;
        }
        return method.getName().equals("blocking") ? view : answer;
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getDeclaringClass() != Object.class) {
                return handler.invoke(proxy, method, args);
            }
            return switch (method.getName()) {
                case "equals" -> args[0] == proxy;
                case "hashCode" -> 1;
                default -> type.getSimpleName();
            };
        });
    }

    private static @Nullable Object answerFor(Class<?> type) {
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return 42;
        }
        if (type == long.class) {
            return 42L;
        }
        if (type == Map.class) {
            return new HashMap<>(Map.of("answer", 42));
        }
        return type.isAssignableFrom(String.class) ? "answer" : null;
    }

    private static Object sample(Class<?> type, int index) {
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return index + 1;
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(index + 1);
        }
        if (type == Expiry.class) {
            return Expiry.ofTtl(Duration.ofSeconds(index + 1));
        }
        if (type == Map.class) {
            return Map.of("key", index);
        }
        if (type == Collection.class) {
            return List.of("element", index);
        }
        if (type.isAssignableFrom(String.class)) {
            return "argument " + index;
        }
        if (type == UUID.class) {
            return new UUID(1, index);
        }
        if (type.isInterface()) {
            return proxy(type, (proxy, method, args) -> null);
        }
        throw new IllegalArgumentException("No sample for a parameter of type " + type + ": add one here");
    }
}
