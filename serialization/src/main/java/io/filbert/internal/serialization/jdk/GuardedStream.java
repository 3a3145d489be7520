// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import io.filbert.internal.serialization.stream.Classes;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** An object stream behind our filter and that of the JVM, which looks for classes where the client does, whatever the calling thread. Not thread-safe. */
final class GuardedStream extends ObjectInputStream {

    private final StreamFilter filter;
    private final Classes classes;

    GuardedStream(InputStream in, StreamFilter filter, Classes classes) throws IOException {
        super(in);
        this.classes = classes;
        this.filter = filter;
        @Nullable ObjectInputFilter ofJvm = getObjectInputFilter();
        filter.alsoAsk(ofJvm);
        setObjectInputFilter(filter);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
        return classes.find(description.getName());
    }

    /** Asked before the filter of the stream, which is shown a proxy's class when that has been defined, for good. */
    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException, ClassNotFoundException {
        if (!filter.admitsProxies()) {
            throw new InvalidClassException("a proxy");
        }
        return classes.proxy(interfaces);
    }
}
