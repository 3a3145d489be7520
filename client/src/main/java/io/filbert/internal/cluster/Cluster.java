// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.Address;
import io.filbert.cluster.LifecycleState;
import io.filbert.cluster.Member;
import io.filbert.config.ClientConfig;
import io.filbert.config.ReconnectMode;
import io.filbert.error.AuthenticationException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.MemberErrorException;
import io.filbert.internal.blocking.Await;
import io.filbert.internal.cluster.Standing.Phase;
import io.filbert.internal.connection.AuthenticationResult;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.ConnectionListener;
import io.filbert.internal.connection.Dialer;
import io.filbert.internal.connection.MemberIdentity;
import io.filbert.internal.flightrecorder.FlightEvents;
import io.filbert.internal.protocol.type.MemberInfo;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.Failures;
import io.filbert.internal.runtime.RareLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Connects the client to its cluster and keeps it connected: follows the member list, does what each connection won or lost calls
 * for, and has the search started when the last one is lost.
 *
 * <p>Thread-safe. What must be decided in one step, {@link Standing} decides under its lock; here everything happens outside of it.
 */
public final class Cluster {

    private static final Duration FIRST_MEMBER_LIST_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration CONNECT_TO_ALL_PERIOD = Duration.ofSeconds(1);

    private final ClientLog log;
    private final FlightEvents flight;
    private final RareLog rareLog;
    private final ClientConfig config;
    private final ScheduledExecutorService timer;
    private final Lifecycle lifecycle;
    private final MemberList members;
    private final PartitionTable partitions = new PartitionTable();
    private final Routes routes;
    private final ClusterView view;
    private final Heartbeat heartbeat;
    private final Observer observer;
    private final Incoming incoming = new Incoming();
    private final MemberDials dials;
    private final Introduction introduction;
    private final Standing standing;
    private final ClusterSearch search;
    private final AtomicLong reconnects = new AtomicLong();

    /** Told of what matters to the rooms above. Called on internal threads; must not block. */
    public interface Observer {

        /** Waiting calls may find a connection now, and listeners may have new ones to be registered on. */
        void onRoutesChanged();

        /** The last connection was lost. */
        default void onDisconnected() {}

        /** A cluster the client comes back to knows its objects; what else it must know before calls go out. */
        default CompletableFuture<Void> introduce(Connection connection) {
            return CompletableFuture.completedFuture(null);
        }

        /** What {@link #introduce} still waits for on the connection, for the log. */
        default List<String> missingIntroductions(Connection connection) {
            return List.of();
        }

        /** The client cannot go on and must be shut down: connecting was given up, or is not wanted. */
        void onGaveUp(String reason);
    }

    /** @param clusters the cluster to connect to first, then those to go to when that is of no use */
    public Cluster(
            ClientLog log,
            FlightEvents flight,
            ClientConfig config,
            ClientThreads threads,
            List<ClusterAccess> clusters,
            ScheduledExecutorService timer,
            Lifecycle lifecycle,
            MemberList members,
            ClientState state,
            Observer observer) {
        this.log = log.forClass(Cluster.class);
        this.flight = flight;
        this.rareLog = new RareLog(this.log);
        this.config = config;
        this.timer = timer;
        this.lifecycle = lifecycle;
        this.members = members;
        this.observer = observer;
        this.routes = new Routes(this.log, config.network().smartRouting(), config.loadBalancer(), members, partitions);
        this.view =
                new ClusterView(this.log, routes, members, config.heartbeat().timeout(), new Views());
        this.heartbeat = new Heartbeat(this.log, config.heartbeat(), routes);
        this.dials = new MemberDials(this.log, routes, members, this::connectTo);
        this.introduction =
                new Introduction(this.log, config, timer, state, observer::introduce, observer::missingIntroductions);
        this.standing = new Standing(routes, partitions, lifecycle, clusters.get(0));
        this.search = new ClusterSearch(
                this.log,
                config,
                threads,
                List.copyOf(clusters),
                timer,
                members,
                standing,
                Way::new,
                this::moveTo,
                observer::onGaveUp);
    }

    public Routes routes() {
        return routes;
    }

    /** Whether there is to be a connection to each member. */
    public boolean listensToAllMembers() {
        return config.network().smartRouting();
    }

    /** The member with this uuid; null if the cluster has none. */
    public @Nullable Member member(UUID uuid) {
        for (Member member : members.members()) {
            if (member.uuid().equals(uuid)) {
                return member;
            }
        }
        return null;
    }

    /** The number of partitions; 0 until the first member has said it. */
    public int partitionCount() {
        return partitions.count();
    }

    public @Nullable UUID partitionOwner(int partitionId) {
        return partitions.owner(partitionId);
    }

    /** Whether user calls may be sent. */
    public boolean isReady() {
        return standing.phase() == Phase.READY;
    }

    /** Another one after a failover, and after all members were restarted; null while it is unknown. */
    public @Nullable UUID clusterId() {
        return standing.clusterId();
    }

    /** Whether user calls should fail at once rather than wait for a connection. */
    public boolean failsFastWhileOffline() {
        return standing.phase() == Phase.NEVER_CONNECTED
                ? config.asyncStart()
                : config.reconnectMode() == ReconnectMode.ASYNC;
    }

    /** How often the cluster was found again after all connections had been lost. */
    public long reconnects() {
        return reconnects.get();
    }

    // ---- start and end

    /**
     * Starts and, unless configured otherwise, returns when the client is connected: to one member, and with routing to all
     * of them to each that can be reached.
     */
    public void start() {
        lifecycle.reached(LifecycleState.STARTING);
        lifecycle.reached(LifecycleState.STARTED);
        lifecycle.tell();
        long beat = config.heartbeat().interval().toNanos();
        timer.scheduleWithFixedDelay(guarded(heartbeat::beat), beat, beat, TimeUnit.NANOSECONDS);
        if (config.network().smartRouting()) {
            long period = CONNECT_TO_ALL_PERIOD.toNanos();
            timer.scheduleWithFixedDelay(guarded(this::connectToAll), period, period, TimeUnit.NANOSECONDS);
            timer.scheduleWithFixedDelay(guarded(routes::endAckPause), period, period, TimeUnit.NANOSECONDS);
        }
        if (config.asyncStart()) {
            search.start();
            return;
        }
        search.run();
        awaitFirstMemberList();
        if (config.network().smartRouting()) {
            Await.result(connectToAll(), "connecting to the members");
        }
        if (standing.phase() == Phase.CLOSED) {
            throw closedDuringStart();
        }
        members.awaitListeners();
    }

    private ClientClosedException closedDuringStart() {
        Throwable reason = gaveUp();
        return new ClientClosedException(
                "The client was shut down while it started" + (reason == null ? "" : ": " + reason.getMessage()),
                reason,
                false);
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                // An Error, too, would silently end the repetition.
                rareLog.error("periodic task", "A periodic task failed", e);
            }
        };
    }

    private void awaitFirstMemberList() {
        CompletableFuture<Void> limited = members.firstList().copy();
        timer.schedule(
                () -> limited.completeExceptionally(
                        new ConnectionException("Connected, but no member list arrived within "
                                + FIRST_MEMBER_LIST_TIMEOUT.toSeconds() + " s")),
                FIRST_MEMBER_LIST_TIMEOUT.toNanos(),
                TimeUnit.NANOSECONDS);
        Await.result(limited, "waiting for the list of members");
    }

    /** Ends all connections; calls in flight end with {@link ClientClosedException}. Returns at once. */
    public void close() {
        Phase before = standing.close();
        if (before == Phase.CLOSED) {
            return;
        }
        search.abort();
        members.abandonFirstList(closedDuringStart());
        for (Connection connection : routes.active()) {
            connection.closeForShutdown();
        }
        if (before == Phase.READY) {
            lifecycle.reached(LifecycleState.DISCONNECTED);
            lifecycle.tell();
        }
    }

    // ---- connecting

    /** Why connecting was given up, or null. */
    public @Nullable Throwable gaveUp() {
        return search.gaveUp();
    }

    private CompletableFuture<Void> connectToAll() {
        return standing.phase() == Phase.CLOSED || routes.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : dials.dialMissing();
    }

    private CompletableFuture<Connection> connectTo(Member member) {
        ClusterAccess access = standing.current();
        return new Way(access).to(access.addresses().addressOf(member), access.addresses()::translate);
    }

    /** The way to an admitted connection into one of the clusters. */
    private final class Way implements ConnectLoop.Connecting {

        private final ClusterAccess access;

        Way(ClusterAccess access) {
            this.access = access;
        }

        @Override
        public CompletableFuture<Connection> toCandidate(Address address) {
            return to(address, access.addresses()::translateCandidate);
        }

        @Override
        public CompletableFuture<Connection> toMember(Member member) {
            return dials.dial(member);
        }

        private CompletableFuture<Connection> to(Address address, UnaryOperator<Address> translation) {
            FlightEvents.Span span = flight.connecting(address.toString());
            return access.dialer()
                    .dial(address, translation, incoming)
                    .thenApply(dialled -> admit(access, dialled))
                    .whenComplete((connection, failure) -> {
                        if (failure == null) {
                            span.succeeded(String.valueOf(connection.member()));
                        } else {
                            tellOfFailure(address, span, failure);
                        }
                    });
        }

        private void tellOfFailure(Address address, FlightEvents.Span span, Throwable failure) {
            Throwable cause = Failures.unwrapped(failure);
            span.failed(cause);
            if (cause instanceof AuthenticationException || cause instanceof ClientNotAllowedException) {
                flight.authenticationFailed(address.toString(), String.valueOf(cause.getMessage()));
            }
        }
    }

    /**
     * Leaves the current cluster for another one, of which nothing is known.
     *
     * @return false if there is a connection to the current one after all
     */
    private boolean moveTo(ClusterAccess other) {
        if (!standing.moveTo(other)) {
            return false;
        }
        routes.refresh();
        members.clear();
        return true;
    }

    /**
     * Takes a connection that has just authenticated into the cluster.
     *
     * @return the connection to use: this one, or the one that already leads to that member
     */
    private Connection admit(ClusterAccess access, Dialer.Dialled dialled) {
        Connection connection = dialled.connection();
        AuthenticationResult answer = dialled.authentication();
        Standing.Admission admission = standing.admit(access, connection, answer);
        if (admission instanceof Standing.Refused refused) {
            connection.close(String.valueOf(refused.reason().getMessage()), null);
            throw refused.reason();
        }
        if (admission instanceof Standing.Redundant redundant) {
            connection.close("There is already a connection to this member", null);
            return redundant.existing();
        }
        try {
            afterAdmission(connection, answer, (Standing.Admitted) admission);
        } catch (Throwable e) {
            // Half taken in: it would be used, but nobody would be registered on it.
            connection.close("Taking it into use failed: " + e, e);
            connectionLost(connection, "taking it into use failed: " + e, e);
            throw e;
        }
        return connection;
    }

    private void afterAdmission(Connection connection, AuthenticationResult answer, Standing.Admitted admitted) {
        rareLog.info(
                "admitted " + answer.member().address(),
                "Authenticated with member " + answer.member().address() + ":"
                        + answer.member().uuid()
                        + ", member version: "
                        + answer.member().version() + ", local address: " + connection.localAddress());
        if (admitted.replaced() != null) {
            log.warning("The cluster was restarted: its id is " + answer.clusterId() + " now");
            flight.clusterChanged(admitted.replaced(), answer.clusterId());
            members.clear();
            partitions.clear();
        }
        standing.current().dialer().traffic().admitted(connection);
        if (admitted.first()) {
            members.expectOtherSource();
        }
        if (answer.members() != null && !answer.members().isEmpty()) {
            takeMembers(answer.memberListVersion(), answer.members());
        }
        if (answer.partitions() != null) {
            partitions.apply(connection.number(), answer.partitionListVersion(), answer.partitions());
        }
        routes.refresh();
        lifecycle.tell();
        view.ensureRegistered();
        introduction.requestBackupAcks(connection, routes::refresh);
        if (admitted.comesBack()) {
            introduction.sendState(connection, this::becomeReady);
        }
        observer.onRoutesChanged();
        if (!connection.isLive()) {
            // It broke before it was in the table, where its end would have been noticed.
            connectionLost(connection, "lost during admission", null);
        }
    }

    private void becomeReady() {
        if (standing.becomeReady()) {
            reconnects.incrementAndGet();
            lifecycle.tell();
            observer.onRoutesChanged();
        }
    }

    // ---- changes

    private void takeMembers(int version, List<MemberInfo> infos) {
        for (Member gone : members.apply(version, WireMembers.toMembers(infos))) {
            Connection connection = routes.forMember(gone.uuid());
            if (connection != null && !leadsToListed(connection)) {
                connection.close("The member left the cluster, or its address", null);
            }
        }
        routes.refresh();
    }

    /** A member that came back at another address keeps its uuid, and may have been found there before the list told. */
    private boolean leadsToListed(Connection connection) {
        MemberIdentity identity = connection.member();
        return identity != null
                && members.members().stream()
                        .anyMatch(member -> member.uuid().equals(identity.uuid())
                                && (member.address().equals(identity.address())
                                        || member.addressMap().containsValue(identity.address())));
    }

    private void connectionLost(Connection connection, String reason, @Nullable Throwable cause) {
        Standing.Loss loss = standing.lose(connection);
        if (loss == null) {
            return;
        }
        try {
            afterLoss(connection, reason, cause instanceof MemberErrorException, loss);
        } finally {
            // Whatever happened: nobody else would search.
            if (loss.last() && loss.phase() != Phase.CLOSED && config.reconnectMode() != ReconnectMode.OFF) {
                search.start();
            }
        }
    }

    private void afterLoss(Connection connection, String reason, boolean refused, Standing.Loss loss) {
        String removed = "Removed " + connection + ": " + reason;
        if (loss.phase() == Phase.CLOSED) {
            log.debug(() -> removed);
        } else if (refused) {
            rareLog.warning("refused " + connection.address(), removed);
        } else {
            rareLog.info("removed " + connection.address(), removed);
        }
        flight.disconnected(connection, reason);
        routes.refresh();
        if (loss.phase() == Phase.CLOSED) {
            return;
        }
        view.lost(connection);
        if (loss.phase() == Phase.SYNCHRONIZING) {
            // Another one must tell the cluster; telling it twice does no harm.
            routes.active().stream().findAny().ifPresent(other -> introduction.sendState(other, this::becomeReady));
        }
        if (loss.last()) {
            lifecycle.tell();
            observer.onDisconnected();
            if (config.reconnectMode() == ReconnectMode.OFF) {
                log.info("Reconnect mode is OFF. Shutting down the client");
                observer.onGaveUp("The last connection was lost and reconnectMode is OFF");
            }
        }
    }

    private final class Views implements ClusterView.Listener {

        @Override
        public void onMembers(int version, List<MemberInfo> infos) {
            takeMembers(version, infos);
            if (config.network().smartRouting()) {
                connectToAll();
            }
        }

        @Override
        public void onPartitions(Connection source, int version, List<Map.Entry<UUID, int[]>> table) {
            if (partitions.apply(source.number(), version, table)) {
                routes.refresh();
                observer.onRoutesChanged();
            }
        }
    }

    private final class Incoming implements ConnectionListener {

        @Override
        public void onClosed(Connection connection, String reason, @Nullable Throwable cause) {
            connectionLost(connection, reason, cause);
        }

        @Override
        public void onBackupAck(int connectionNumber, long correlationId) {
            Connection connection = routes.byNumber(connectionNumber);
            if (connection != null) {
                connection.onBackupAck(correlationId);
            }
        }
    }
}
