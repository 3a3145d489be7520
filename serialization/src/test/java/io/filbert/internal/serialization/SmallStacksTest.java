// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.serialization.GenericRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects that nest deeper than the stack of a thread is: refused with words, and nothing of it stays behind. */
class SmallStacksTest {

    private static final int DEPTH = 450;

    record Inside(@Nullable Inside inside, int number) {}

    static final class Box {
        @Nullable
        Box inside;

        @Nullable
        String text;
    }

    /** What nests. */
    enum Nesting {
        RECORD {
            @Override
            Object around(@Nullable Object inside) {
                return new Inside((Inside) inside, 1);
            }
        },
        PLAIN_CLASS {
            @Override
            Object around(@Nullable Object inside) {
                Box box = new Box();
                box.inside = (Box) inside;
                box.text = "text";
                return box;
            }
        },
        GENERIC_RECORD {
            @Override
            Object around(@Nullable Object inside) {
                return GenericRecord.compact("nobody.has.It")
                        .setGenericRecord("inside", (GenericRecord) inside)
                        .setInt32("number", 1)
                        .build();
            }
        },
        LIST {
            @Override
            Object around(@Nullable Object inside) {
                List<@Nullable Object> list = new ArrayList<>();
                list.add(inside);
                return list;
            }
        },
        OPTIONAL {
            @Override
            Object around(@Nullable Object inside) {
                return Optional.ofNullable(inside);
            }
        };

        abstract Object around(@Nullable Object inside);

        final Object nested(int depth) {
            Object object = around(null);
            for (int i = 1; i < depth; i++) {
                object = around(object);
            }
            return object;
        }
    }

    @ParameterizedTest
    @EnumSource
    void deepObjects_onSmallStacks_areRefusedWithWords(Nesting nesting) throws Exception {
        SerializationService service =
                new SerializationService(ClientConfig.builder().build().serialization());
        Object shallow = nesting.nested(3);
        Object deep = nesting.nested(DEPTH);
        Data data = requireNonNull(service.toData(deep));
        assertThat(service.<Object>toObject(service.toData(shallow)))
                .isNotNull(); // classes are loaded with room for it
        int refused = 0;
        for (int stack = 64; stack <= 1024; stack += 16) {
            for (Runnable task : List.<Runnable>of(() -> service.toObject(data), () -> service.toData(deep))) {
                Throwable failure = failureOf(stack * 1024, task);
                if (failure != null) {
                    assertThat(failure)
                            .as("with a stack of %d KB", stack)
                            .isInstanceOf(SerializationException.class)
                            .hasMessageContaining("too deep for the stack");
                    refused++;
                }
            }
            assertThat(failureOf(1024 * 1024, () -> service.toObject(service.toData(shallow))))
                    .isNull();
        }
        assertThat(refused).as("stacks that were too small").isPositive();
    }

    private static @Nullable Throwable failureOf(int stackSize, Runnable task) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        task.run();
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                },
                "small stack",
                stackSize);
        thread.start();
        thread.join();
        return failure.get();
    }
}
