// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.SerializationErrors;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object stream that refuses what {@link GuardedStream} would refuse to read, in the thread that writes: classes that are not allowed
 * or cannot be created, objects that nest too deep, collections that take too long to hash. Not thread-safe.
 */
final class CheckedOutput extends ObjectOutputStream {

    private static final StackWalker STACK = StackWalker.getInstance();

    private final Class<?> root;
    private final StreamFilter filter;
    private final Set<String> records = new HashSet<>();
    private @Nullable SerializationException refusal;
    private @Nullable Class<?> lastClass;
    private int withoutLook = DataReader.MAX_DEPTH;

    /** @param root of the object to be written, for error messages */
    CheckedOutput(OutputStream out, Class<?> root, StreamFilter filter) throws IOException {
        super(out);
        this.root = root;
        this.filter = filter;
        enableReplaceObject(true);
    }

    /** Called for each class whose description is written, as the filter is on reading. */
    @Override
    protected void annotateClass(Class<?> type) {
        if (!filter.admits(type)) {
            throw refuse(JavaFormErrors.notReadable(root, type, filter.refusal()));
        }
        if (type.isRecord()) {
            records.add(type.getName());
        }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        if (!filter.admitsProxies()) {
            throw refuse(JavaFormErrors.notReadable(root, type, filter.refusal()));
        }
    }

    /** Called for each object before it is written; what stands in for it in the stream is not changed here. */
    @Override
    protected Object replaceObject(Object object) {
        Class<?> type = object.getClass();
        if (type != lastClass) {
            lastClass = type;
            String obstacle = Creation.obstacle(type);
            if (obstacle != null) {
                throw refuse(JavaFormErrors.notReadable(root, type, obstacle));
            }
        }
        if (--withoutLook <= 0) {
            checkDepth(type);
        }
        return object;
    }

    /** The depth grows by one level for an object at most, so that there is no need to look at the stack each time. */
    private void checkDepth(Class<?> type) {
        long depth = STACK.walk(
                frames -> frames.filter(frame -> frame.getMethodName().equals("writeObject0")
                                && frame.getClassName().equals("java.io.ObjectOutputStream"))
                        .count());
        if (depth > DataReader.MAX_DEPTH && !filter.admits(type, depth)) {
            throw refuse(SerializationErrors.tooDeepToWrite());
        }
        withoutLook = Math.max(1, DataReader.MAX_DEPTH - (int) depth + 1);
    }

    /**
     * Checks what can only be known at the end.
     *
     * @param out what the stream was written into, from this position on
     */
    void finish(DataWriter out, int start) throws IOException {
        flush();
        if (refusal != null) {
            throw refusal; // code of the object has caught it, and the stream is damaged
        }
        String objection = HashWork.objection(out.buffer(), start, out.position(), records::contains);
        if (objection != null) {
            throw JavaFormErrors.notReadableAgain(root, objection);
        }
    }

    private SerializationException refuse(SerializationException e) {
        refusal = e;
        return e;
    }
}
