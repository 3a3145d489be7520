// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.config.ClientConfig;
import io.filbert.internal.cluster.ClientState;
import io.filbert.internal.cluster.Cluster;
import io.filbert.internal.cluster.ClusterAccess;
import io.filbert.internal.cluster.Lifecycle;
import io.filbert.internal.cluster.MemberList;
import io.filbert.internal.connection.Credentials;
import io.filbert.internal.connection.DialSettings;
import io.filbert.internal.connection.Dialer;
import io.filbert.internal.connection.Handshake;
import io.filbert.internal.connection.Traffic;
import io.filbert.internal.discovery.ConfiguredAddresses;
import io.filbert.internal.flightrecorder.FlightEvents;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.SerialExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.UnaryOperator;

/** An invoker whose cluster was never started: calls find no connection and wait. Thread-safe. */
public final class Offline implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "timer of a test");
        thread.setDaemon(true);
        return thread;
    });
    private final ClientState state = new ClientState(List::of);
    private final MemberList members;
    private final Cluster cluster;
    private final Invoker invoker;

    public Offline(UnaryOperator<ClientConfig.Builder> options) {
        ClientConfig config = options.apply(ClientConfig.builder()).build();
        ClientLog log = new ClientLog("test", Offline.class);
        SerialExecutor events = new SerialExecutor(Runnable::run, failure -> {
            throw new AssertionError(failure);
        });
        Dialer dialer = new Dialer(
                List.of(),
                new DialSettings(Duration.ofSeconds(1), Map.of(), 1 << 20, null),
                new Handshake("dev", UUID.randomUUID(), "test", "1.0", List.of(), true, Credentials.NONE),
                () -> 1,
                new Traffic(),
                Runnable::run,
                timer);
        members = new MemberList(log, List.of(), events);
        cluster = new Cluster(
                log,
                FlightEvents.NONE,
                config,
                new ClientThreads("offline-test"),
                List.of(new ClusterAccess("dev", new ConfiguredAddresses(config.discovery()), dialer)),
                timer,
                new Lifecycle(log, "1.0", List.of(), events),
                members,
                state,
                new Cluster.Observer() {
                    @Override
                    public void onRoutesChanged() {}

                    @Override
                    public void onGaveUp(String reason) {}
                });
        invoker = new Invoker(
                log, FlightEvents.NONE, config.invocation(), cluster, timer, Runnable::run, message -> null);
        invoker.start();
    }

    public Invoker invoker() {
        return invoker;
    }

    public Cluster cluster() {
        return cluster;
    }

    public MemberList members() {
        return members;
    }

    public ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    public ClientState state() {
        return state;
    }

    @Override
    public void close() {
        invoker.close();
        cluster.close();
        timer.shutdownNow();
    }
}
