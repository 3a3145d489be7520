// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.lang.ref.WeakReference;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks up classes by the names found in serialized objects, for one client: in the configured class loader, then in the context class
 * loader of the thread that created the client, then in the one that loaded the client. The thread that looks makes no difference, so
 * that an object is read alike by all. A class is never initialized here: a name alone must not run code of the class it names.
 *
 * <p>Names without a class are remembered for a while, because a search that fails is slow. Class loaders may be slow too: not for
 * threads that must not wait. Thread-safe.
 */
public final class Classes {

    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    /** A class may become available later, for example when an application is deployed. */
    private static final long SEARCH_AGAIN_AFTER = Duration.ofSeconds(10).toNanos();

    private static final int MOST_NAMES = 1000;
    private static final int LONGEST_NAME = 500;

    private final LongSupplier nanoTime;
    private final WeakReference<@Nullable ClassLoader> context;
    private volatile @Nullable ClassLoader configured;
    private final ConcurrentMap<String, Absence> absent = new ConcurrentHashMap<>();

    /**
     * Takes the context class loader of the calling thread, and keeps it only as long as somebody else does.
     *
     * @param configured asked first, and kept until {@link #close}; may be null
     */
    public Classes(@Nullable ClassLoader configured) {
        this(configured, System::nanoTime);
    }

    Classes(@Nullable ClassLoader configured, LongSupplier nanoTime) {
        this.configured = configured;
        this.context = new WeakReference<>(Thread.currentThread().getContextClassLoader());
        this.nanoTime = nanoTime;
    }

    /** That a name has no class at a certain time. */
    public final class Absence {

        private final long since = nanoTime.getAsLong();

        private Absence() {}

        /** Whether it is time to search again. */
        public boolean isOutdated() {
            return nanoTime.getAsLong() - since >= SEARCH_AGAIN_AFTER;
        }
    }

    /** Notes that a class is not there, or not usable, at this moment. */
    public Absence absence() {
        return new Absence();
    }

    /**
     * The class, array or primitive type with this name, as {@link Class#getName} gives it.
     *
     * @throws ClassNotFoundException if no class loader has it, or not in a form that can be used
     */
    public Class<?> find(String name) throws ClassNotFoundException {
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        Absence absence = absent.get(name);
        if (absence != null && !absence.isOutdated()) {
            throw new ClassNotFoundException(name);
        }
        ClassNotFoundException failure = null;
        for (ClassLoader loader : loaders()) {
            try {
                Class<?> type = load(name, loader);
                if (absence != null) {
                    absent.remove(name);
                }
                return type;
            } catch (ClassNotFoundException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        remember(name);
        throw failure != null ? failure : new ClassNotFoundException(name);
    }

    private void remember(String name) {
        if (name.length() > LONGEST_NAME) {
            return;
        }
        if (absent.size() >= MOST_NAMES) {
            absent.clear();
        }
        absent.put(name, new Absence());
    }

    /**
     * The class of proxies for interfaces with these names.
     *
     * @throws ClassNotFoundException if an interface is not there, or if no class loader sees all of them
     */
    @SuppressWarnings("deprecation") // the other way creates an object
    public Class<?> proxy(String[] interfaces) throws ClassNotFoundException {
        Class<?>[] types = new Class<?>[interfaces.length];
        ClassLoader ofHidden = null;
        for (int i = 0; i < types.length; i++) {
            types[i] = find(interfaces[i]);
            if (!Modifier.isPublic(types[i].getModifiers())) {
                ofHidden = types[i].getClassLoader();
            }
        }
        IllegalArgumentException failure = null;
        for (ClassLoader loader : ofHidden != null ? List.of(ofHidden) : loaders()) {
            try {
                return Proxy.getProxyClass(loader, types);
            } catch (IllegalArgumentException e) {
                failure = e;
            }
        }
        throw new ClassNotFoundException("a proxy for " + String.join(", ", interfaces), failure);
    }

    /** Forgets the configured class loader. */
    public void close() {
        configured = null;
        absent.clear();
    }

    private List<ClassLoader> loaders() {
        List<ClassLoader> loaders = new ArrayList<>(3);
        add(loaders, configured);
        add(loaders, context.get());
        add(loaders, Classes.class.getClassLoader());
        return loaders;
    }

    private static void add(List<ClassLoader> loaders, @Nullable ClassLoader loader) {
        if (loader != null && !loaders.contains(loader)) {
            loaders.add(loader);
        }
    }

    private static Class<?> load(String name, ClassLoader loader) throws ClassNotFoundException {
        try {
            return Class.forName(name, false, loader);
        } catch (LinkageError | RuntimeException e) {
            // Found, but not what it should be, or not all of it; or the loader, which may be anybody's, cannot bear
            // the name.
            throw new ClassNotFoundException(name, e);
        }
    }
}
