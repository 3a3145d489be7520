// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.contender;

import io.filbert.benchmarks.load.Contender;
import java.util.Arrays;
import java.util.List;

/** The contenders by the names reports use, and the options of the JVM each wants. */
public enum Contenders {
    /** Filbert as it comes. */
    FILBERT("filbert", "Filbert") {
        @Override
        public Contender connect(String address) {
            return new FilbertContender(address, config -> {});
        }
    },
    /** Filbert with callbacks on its I/O thread. */
    FILBERT_INLINE("filbert-inline", "Filbert, inline callbacks") {
        @Override
        public Contender connect(String address) {
            return new FilbertContender(address, config -> config.callbackExecutor(Runnable::run));
        }
    },
    /** The official client with the settings that measured best, and callbacks on its own threads. */
    OFFICIAL("official", "official 5.7.0, tuned") {
        @Override
        public Contender connect(String address) {
            return new OfficialContender(address, Runnable::run);
        }

        @Override
        public List<String> jvmOptions() {
            int parallelism = Math.max(2, Runtime.getRuntime().availableProcessors() - 1);
            return List.of(
                    // With less the client starts a thread for each completion of a future.
                    "-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + parallelism);
        }
    },
    /** The official client as it comes. */
    OFFICIAL_UNTUNED("official-untuned", "official 5.7.0 as it comes") {
        @Override
        public Contender connect(String address) {
            return new OfficialContender(address, null);
        }
    },
    /** No client, only its bytes. */
    FLOOR("floor", "floor") {
        @Override
        public Contender connect(String address) {
            return BareLoop.connect(address);
        }
    };

    private final String id;
    private final String title;

    Contenders(String id, String title) {
        this.id = id;
        this.title = title;
    }

    public static Contenders byId(String id) {
        return Arrays.stream(values())
                .filter(contender -> contender.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No contender '" + id + "'; there are "
                        + Arrays.stream(values()).map(Contenders::id).toList()));
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /** Connects to the member. */
    public abstract Contender connect(String address);

    /** Options of the JVM that only this contender wants. */
    public List<String> jvmOptions() {
        return List.of();
    }
}
