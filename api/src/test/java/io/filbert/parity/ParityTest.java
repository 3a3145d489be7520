// SPDX-License-Identifier: Apache-2.0
package io.filbert.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.blocking.Await;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A pair of interfaces with one fault of each kind, so that the check itself is known to find them. */
class ParityTest {

    public interface Async<K> {
        CompletableFuture<Integer> fine(K key);

        CompletableFuture<Void> alsoFine();

        String plain();

        Async<K> derived(int n);

        BlockingView<K> blocking();

        CompletableFuture<Integer> missing(String key);

        CompletableFuture<Integer> otherResult(String key);

        CompletableFuture<Void> otherParameter(String key);

        CompletableFuture<Void> otherElements(Collection<? extends K> keys);

        CompletableFuture<Integer> callsOther(String key);

        CompletableFuture<Integer> swaps(String a, String b);

        CompletableFuture<Boolean> ignoresTheAnswer();

        CompletableFuture<Void> callsNothing();

        CompletableFuture<Integer> leftOpen();

        CompletableFuture<Void> excused();
    }

    public interface BlockingView<K> {
        Async<K> async();

        @SuppressWarnings("unchecked") // as in a real view
        default int fine(Object key) {
            return Await.result(async().fine((K) key));
        }

        default void alsoFine() {
            Await.result(async().alsoFine());
        }

        default String plain() {
            return async().plain();
        }

        default BlockingView<K> derived(int n) {
            return async().derived(n).blocking();
        }

        long otherResult(String key);

        void otherParameter(Object key);

        default void otherElements(Collection<K> keys) {
            Await.result(async().otherElements(keys));
        }

        default int callsOther(String key) {
            return Await.result(async().missing(key));
        }

        default int swaps(String a, String b) {
            return Await.result(async().swaps(b, a));
        }

        default boolean ignoresTheAnswer() {
            Await.result(async().ignoresTheAnswer());
            return false;
        }

        default void callsNothing() {}

        int leftOpen();
    }

    @Test
    void deviations_ofEachKind_areFound() throws ReflectiveOperationException {
        Map<String, String> exceptions =
                Map.of("excused()", "a reason", "blocking()", "a reason", "fine(Object)", "stale", "gone()", "stale");

        assertThat(Parity.between(Async.class, BlockingView.class).deviationsBesides(exceptions))
                .containsExactlyInAnyOrder(
                        "missing(String) has no blocking twin",
                        "otherParameter(String) has no blocking twin",
                        "otherResult(String) returns long in the blocking view, not int",
                        "otherElements(Collection) takes (Collection<K>) in the blocking view, not (Collection<? extends K>)",
                        "callsOther(String) in the blocking view calls missing(String)",
                        "swaps(String,String) in the blocking view passes other arguments",
                        "ignoresTheAnswer() in the blocking view returns something else than the answer",
                        "callsNothing() in the blocking view calls nothing",
                        "leftOpen() is abstract in the blocking view",
                        "the exception for fine(Object) is stale: the twin exists",
                        "the exception for gone() is stale: there is no such method");
    }
}
