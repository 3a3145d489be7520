// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.cluster.Address;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.Failures;
import io.filbert.internal.tls.TlsEngines;
import io.filbert.internal.transport.IoThread;
import io.filbert.internal.transport.WireChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Opens authenticated connections: resolve, connect, TLS handshake, authenticate, all within one deadline. The name is resolved anew for every
 * attempt, and all addresses it resolves to are tried in turn. Thread-safe.
 */
public final class Dialer {

    /** A connection and what the member said when it accepted the client. */
    public record Dialled(Connection connection, AuthenticationResult authentication) {}

    /** {@link InetAddress#getAllByName}, or what a test has in its place. */
    @FunctionalInterface
    interface NameLookup {
        InetAddress[] allOf(String host) throws UnknownHostException;
    }

    /** Stands for "no limit" where a limit is wanted in nanoseconds. */
    private static final Duration NO_LIMIT = Duration.ofDays(3650);

    private final List<IoThread> ioThreads;
    private final DialSettings settings;
    private final Handshake handshake;
    private final BlockingWork work;
    private final ScheduledExecutorService timer;
    private final IntSupplier numbers;
    private final Traffic traffic;
    private final NameLookup names;

    /**
     * @param numbers counts connections
     * @param traffic learns what the connections carry
     * @param resolver runs what may block or take its time: translations of addresses, name look-ups, token providers, the
     *     costly parts of TLS
     */
    public Dialer(
            List<IoThread> ioThreads,
            DialSettings settings,
            Handshake handshake,
            IntSupplier numbers,
            Traffic traffic,
            Executor resolver,
            ScheduledExecutorService timer) {
        this(ioThreads, settings, handshake, numbers, traffic, InetAddress::getAllByName, resolver, timer);
    }

    Dialer(
            List<IoThread> ioThreads,
            DialSettings settings,
            Handshake handshake,
            IntSupplier numbers,
            Traffic traffic,
            NameLookup names,
            Executor resolver,
            ScheduledExecutorService timer) {
        this.numbers = numbers;
        this.traffic = traffic;
        this.names = names;
        this.ioThreads = ioThreads;
        this.settings = settings;
        this.handshake = handshake;
        this.work = new BlockingWork(resolver);
        this.timer = timer;
    }

    /** What the connections carry that are opened here, and perhaps by others. */
    public Traffic traffic() {
        return traffic;
    }

    /**
     * Dials the address. The future completes on an I/O thread, the resolver or the timer; a failed attempt leaves nothing
     * behind.
     *
     * @param translation gives the address to connect to; may take its time
     */
    public CompletableFuture<Dialled> dial(
            Address address, UnaryOperator<Address> translation, ConnectionListener listener) {
        CompletableFuture<Dialled> result = new CompletableFuture<>();
        AtomicReference<@Nullable Connection> current = new AtomicReference<>();
        Duration limit = settings.timeout().isZero() ? NO_LIMIT : settings.timeout();
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        try {
            BlockingWork.Attempt blocking = work.begin(address);
            ScheduledFuture<?> timeout = timer.schedule(
                    () -> result.completeExceptionally(timedOut(address, current.get())),
                    limit.toNanos(),
                    TimeUnit.NANOSECONDS);
            result.whenComplete((dialled, failure) -> {
                timeout.cancel(false);
                blocking.ended(failure);
                if (failure != null) {
                    traffic.attemptFailed();
                }
            });
            blocking.execute(
                    () -> resolveAndDial(address, translation, listener, deadlineNanos, current, blocking, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new ClientClosedException("The client is shut down", e, false));
        } catch (Throwable e) {
            result.completeExceptionally(failure(address, e));
        }
        return result;
    }

    private void resolveAndDial(
            Address announced,
            UnaryOperator<Address> translation,
            ConnectionListener listener,
            long deadlineNanos,
            AtomicReference<@Nullable Connection> current,
            BlockingWork.Attempt blocking,
            CompletableFuture<Dialled> result) {
        Address address = announced;
        try {
            blocking.waitsFor("option addressTranslator");
            try {
                address = translation.apply(announced);
            } finally {
                // With it set, sockets that are connected by this thread would be closed at once.
                ClientThreads.clearInterrupt();
            }
            blocking.waitsFor("the look-up of name '" + address.host() + "'");
            InetAddress[] resolved = names.allOf(address.host());
            blocking.waitsFor("a thread");
            new Attempt(address, listener, resolved, deadlineNanos, current, blocking, result).next(0, null);
        } catch (UnknownHostException e) {
            result.completeExceptionally(
                    new ConnectionException("Cannot resolve host '" + address.host() + "' of " + address, e));
        } catch (Throwable e) {
            result.completeExceptionally(failure(address, e));
        }
    }

    /** An Error of the virtual machine, such as no memory for a thread, ends the attempt as a refusal would: the next one may succeed. */
    private static Throwable failure(Address address, Throwable cause) {
        return cause instanceof Error
                ? new ConnectionException("Cannot connect to " + address + ": " + cause, cause)
                : cause;
    }

    private OperationTimeoutException timedOut(Address address, @Nullable Connection connection) {
        String what = connection == null ? " could not be resolved within " : connection.opening();
        return new OperationTimeoutException(
                "Member " + address + what + settings.timeout().toMillis() + " ms (option connectionTimeout)",
                null,
                false);
    }

    /** One call of {@link #dial}: the addresses a name resolved to, one after the other. */
    private final class Attempt {

        private final Address address;
        private final ConnectionListener listener;
        private final InetAddress[] resolved;
        private final long deadlineNanos;
        private final AtomicReference<@Nullable Connection> current;
        private final BlockingWork.Attempt blocking;
        private final CompletableFuture<Dialled> result;

        Attempt(
                Address address,
                ConnectionListener listener,
                InetAddress[] resolved,
                long deadlineNanos,
                AtomicReference<@Nullable Connection> current,
                BlockingWork.Attempt blocking,
                CompletableFuture<Dialled> result) {
            this.address = address;
            this.listener = listener;
            this.resolved = resolved;
            this.deadlineNanos = deadlineNanos;
            this.current = current;
            this.blocking = blocking;
            this.result = result;
        }

        void next(int index, @Nullable Throwable lastFailure) {
            long left = deadlineNanos - System.nanoTime();
            if (lastFailure != null && (index == resolved.length || left <= 0 || result.isDone())) {
                result.completeExceptionally(lastFailure);
                return;
            }
            InetSocketAddress target = new InetSocketAddress(resolved[index], address.port());
            // An address that swallows packets must leave time for the others.
            Duration share = Duration.ofNanos(Math.max(left / (resolved.length - index), 1));
            connect(target, share).whenComplete((dialled, failure) -> {
                if (failure != null) {
                    tryNext(index + 1, failure(address, Failures.unwrapped(failure)));
                } else if (!result.complete(dialled)) {
                    dialled.connection().close("Nobody waits for this connection any more", null);
                }
            });
        }

        /** The next address; what goes wrong ends the attempt, since nobody else would. */
        private void tryNext(int index, Throwable lastFailure) {
            try {
                next(index, lastFailure);
            } catch (Throwable e) {
                result.completeExceptionally(failure(address, e));
            }
        }

        private CompletableFuture<Dialled> connect(InetSocketAddress target, Duration left) {
            int number = InFlightTable.numberOf(numbers.getAsInt());
            Connection connection = new Connection(number, address, traffic.before(listener));
            current.set(connection);
            TlsEngines tls = settings.tls();
            // Before it is there, because it may be closed before this method goes on.
            traffic.opened(connection);
            try {
                connection.attach(WireChannel.connect(
                        ioThreads.get(number % ioThreads.size()),
                        target,
                        settings.socketOptions(),
                        settings.maxMessageBytes(),
                        tls == null ? null : tls.engine(address),
                        blocking,
                        connection.channelHandler()));
            } catch (Throwable e) {
                traffic.neverOpened(connection);
                return CompletableFuture.failedFuture(
                        new ConnectionException("Cannot connect to " + address + ": " + e, e));
            }
            ScheduledFuture<?> timeout;
            try {
                timeout = timer.schedule(() -> timeOut(connection), left.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                connection.close("The client is shut down", e);
                return CompletableFuture.failedFuture(new ClientClosedException("The client is shut down", e, false));
            } catch (Throwable e) {
                connection.close("Connecting failed: " + e, e);
                throw e;
            }
            return connection
                    .connected()
                    .thenCompose(up -> handshake.on(connection, left, blocking))
                    .thenApply(answer -> {
                        connection.authenticated(answer.member());
                        return new Dialled(connection, answer);
                    })
                    .handle((dialled, failure) -> {
                        timeout.cancel(false);
                        if (failure == null) {
                            return dialled;
                        }
                        Throwable real = Failures.unwrapped(failure);
                        connection.close("Connecting failed: " + real.getMessage(), real);
                        // The loss of the connection was our own doing when the time was up: then that is the news.
                        throw new CompletionException(
                                real.getCause() instanceof OperationTimeoutException timedOut ? timedOut : real);
                    });
        }

        private void timeOut(Connection connection) {
            connection.close("No connection in time", timedOut(address, connection));
        }
    }
}
