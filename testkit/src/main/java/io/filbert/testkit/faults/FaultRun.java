// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.HazelcastCluster;
import io.filbert.testkit.HazelcastMember;
import java.time.Duration;
import java.util.List;

/** One client at work while one thing goes wrong. For one thread. */
public final class FaultRun {

    /** How long a client may take to be well in the beginning. */
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private final FaultGround ground;
    private final FaultTimes times;
    private final LoadProcess load;

    /**
     * What came of a run.
     *
     * @param clientLog the end of what the client wrote to its log
     */
    public record Outcome(FaultReport report, String clientLog) {}

    private FaultRun(FaultGround ground, FaultTimes times, LoadProcess load) {
        this.ground = ground;
        this.times = times;
        this.load = load;
    }

    /**
     * Connects a client in a process of its own, has it work, makes the fault happen, and waits until the client is well again or patience
     * is at an end. The ground is in order again on return.
     *
     * @param jvmOptions for the client's process
     * @throws IllegalStateException if the client does not connect, is not well to begin with, or its process dies
     */
    public static Outcome of(
            Fault fault,
            FaultGround ground,
            FaultTimes times,
            Class<? extends ClientUnderTest.Factory> client,
            List<String> jvmOptions) {
        try (LoadProcess load =
                LoadProcess.start(client, ground.jvmOptions(jvmOptions), times.slack(), ground.clientOptions(times))) {
            load.begin();
            if (!load.awaitWell(WARM_UP)) {
                throw new IllegalStateException("The client was not well before anything went wrong: "
                        + load.finish(Duration.ZERO, true) + "\n" + load.logTail());
            }
            fault.happen(new FaultRun(ground, times, load));
            boolean ignored = load.awaitWell(times.patience()); // The report tells.
            FaultReport report = load.finish(fault.allowance(times), fault.dataSurvives());
            return new Outcome(report, load.logTail());
        } finally {
            fault.mend(ground);
        }
    }

    FaultGround ground() {
        return ground;
    }

    HazelcastCluster cluster() {
        return ground.cluster();
    }

    HazelcastMember lastMember() {
        return ground.lastMember();
    }

    FaultProxy proxy() {
        return ground.proxy();
    }

    FaultTimes times() {
        return times;
    }

    /** From now on it is up to the client. */
    void healed() {
        load.healed();
    }

    /** Lets time pass. */
    void goOn(Duration duration) {
        load.goOn(duration);
    }

    void suspendClient(Duration duration) {
        load.suspend(duration);
    }
}
