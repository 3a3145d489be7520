// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.error.HazelcastException;
import io.filbert.error.MemberErrorException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallerCopyTest {

    static List<RuntimeException> jdkClasses() {
        return List.of(
                new IllegalArgumentException("m"),
                new IllegalStateException("m"),
                new IllegalMonitorStateException("m"),
                new IllegalThreadStateException("m"),
                new NullPointerException("m"),
                new UnsupportedOperationException("m"),
                new ClassCastException("m"),
                new IndexOutOfBoundsException("m"),
                new ArrayIndexOutOfBoundsException("m"),
                new ArrayStoreException("m"),
                new NegativeArraySizeException("m"),
                new ConcurrentModificationException("m"),
                new NoSuchElementException("m"),
                new RejectedExecutionException("m"),
                new CancellationException("m"),
                new SecurityException("m"));
    }

    @ParameterizedTest
    @MethodSource("jdkClasses")
    void of_classOfTheJdk_isCopiedWithItsCause(RuntimeException original) {
        IOException cause = new IOException("why");
        original.initCause(cause);
        RuntimeException copy = CallerCopy.of(original);

        assertThat(copy)
                .isNotSameAs(original)
                .isExactlyInstanceOf(original.getClass())
                .hasMessage("m")
                .hasCause(cause);
    }

    /** Guards against printed errors that say one text two or three times. */
    @Test
    void of_anyError_saysItsTextOnce() {
        StringWriter printed = new StringWriter();
        CallerCopy.of(new IllegalStateException("Queue full")).printStackTrace(new PrintWriter(printed, true));

        assertThat(printed.toString()).containsOnlyOnce("Queue full");
    }

    @Test
    void of_errorOfAnotherThread_showsBothStacks_theCallersFirst() throws InterruptedException {
        RuntimeException[] found = new RuntimeException[1];
        Thread other = new Thread(() -> found[0] = foundByAnotherThread());
        other.start();
        other.join();
        RuntimeException copy = CallerCopy.of(found[0]);

        assertThat(copy.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .containsSubsequence("of_errorOfAnotherThread_showsBothStacks_theCallersFirst", "foundByAnotherThread");
    }

    private static RuntimeException foundByAnotherThread() {
        return new MemberErrorException(48, "java.lang.RuntimeException", "no", List.of(), null);
    }

    @Test
    void of_suppressedErrors_areKept() {
        RuntimeException original = new IllegalStateException("m");
        original.addSuppressed(new IOException("other"));

        assertThat(CallerCopy.of(original)).hasSuppressedException(new IOException("other"));
    }

    @Test
    void of_classOfTheJdkWithoutMessage_isCopied() {
        assertThat(CallerCopy.of(new NullPointerException())).hasMessage(null);
    }

    @Test
    void of_ourOwn_isCopiedByItself() {
        HazelcastException original = new MemberErrorException(48, "java.lang.RuntimeException", "no", List.of(), null);

        RuntimeException copy = CallerCopy.of(original);

        assertThat(copy).isNotSameAs(original).isInstanceOf(MemberErrorException.class);
        assertThat(copy).hasNoCause();
        assertThat(((MemberErrorException) copy).code()).isEqualTo(48);
    }

    @Test
    void of_subclassOfAKnownClass_isThrownAsItIs() {
        RuntimeException own = new IllegalStateException("m") {
            private static final long serialVersionUID = 1L;
        };

        assertThat(CallerCopy.of(own)).isSameAs(own);
    }

    @Test
    void of_checkedException_isWrapped() {
        IOException checked = new IOException("m");

        assertThat(CallerCopy.of(checked))
                .isExactlyInstanceOf(CompletionException.class)
                .hasCause(checked);
    }
}
