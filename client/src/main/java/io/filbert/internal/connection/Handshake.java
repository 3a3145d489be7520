// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.cluster.Address;
import io.filbert.error.AuthenticationException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConnectionException;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.codec.ClientAuthenticationCustomCodec;
import io.filbert.internal.runtime.ClientThreads;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The authentication of this client on a new connection.
 *
 * @param clientUuid the same on all connections of the client
 * @param credentials what the client proves itself with
 */
public record Handshake(
        String clusterName,
        UUID clientUuid,
        String clientName,
        String clientVersion,
        List<String> labels,
        boolean allMembers,
        Credentials credentials) {

    /** What members show for this client; free text, three letters by custom. */
    public static final String CLIENT_TYPE = "FLB";

    private static final byte SERIALIZATION_VERSION = 1;
    private static final byte ROUTING_SINGLE_MEMBER = 0;
    private static final byte ROUTING_ALL_MEMBERS = 1;

    private static final int AUTHENTICATED = 0;
    private static final int CREDENTIALS_FAILED = 1;
    private static final int SERIALIZATION_VERSION_MISMATCH = 2;
    private static final int NOT_ALLOWED_IN_CLUSTER = 3;

    /**
     * Authenticates; the future completes on the I/O thread or on the executor.
     *
     * @param blocking for credentials that take their time
     */
    CompletableFuture<AuthenticationResult> on(Connection connection, Duration timeout, BlockingWork.Attempt blocking) {
        if (credentials instanceof Credentials.Password password) {
            return authenticate(connection, password, timeout);
        }
        Credentials.Secret secret = (Credentials.Secret) credentials;
        connection.awaitsCredentialsOf(secret.option());
        blocking.waitsFor("option " + secret.option());
        return CompletableFuture.supplyAsync(() -> bytes(secret, connection.address()), blocking)
                .thenCompose(bytes -> {
                    connection.awaitsCredentialsOf(null);
                    return authenticateCustom(connection, bytes, timeout);
                });
    }

    private static byte[] bytes(Credentials.Secret secret, Address address) {
        byte[] bytes;
        try {
            bytes = secret.source().apply(address);
        } catch (RuntimeException e) {
            throw new ConnectionException(
                    secret.option() + " gave no credentials for member " + address + ": "
                            + e.getClass().getName(),
                    e);
        } finally {
            ClientThreads.clearInterrupt();
        }
        if (bytes == null) {
            throw new ConnectionException(secret.option() + " gave null as credentials for member " + address);
        }
        return bytes;
    }

    private CompletableFuture<AuthenticationResult> authenticate(
            Connection connection, Credentials.Password password, Duration timeout) {
        byte[] request = ClientAuthenticationCodec.encodeRequest(
                clusterName,
                password.username(),
                password.password(),
                clientUuid,
                CLIENT_TYPE,
                SERIALIZATION_VERSION,
                clientVersion,
                clientName,
                labels,
                routing(),
                false);
        return connection
                .call(
                        ClientAuthenticationCodec.REQUEST,
                        request,
                        ClientAuthenticationCodec::decodeResponse,
                        timeout,
                        null)
                .thenApply(response -> accept(connection, response));
    }

    private CompletableFuture<AuthenticationResult> authenticateCustom(
            Connection connection, byte[] credentials, Duration timeout) {
        byte[] request = ClientAuthenticationCustomCodec.encodeRequest(
                clusterName,
                credentials,
                clientUuid,
                CLIENT_TYPE,
                SERIALIZATION_VERSION,
                clientVersion,
                clientName,
                labels,
                routing(),
                false);
        return connection
                .call(
                        ClientAuthenticationCustomCodec.REQUEST,
                        request,
                        ClientAuthenticationCustomCodec::decodeResponse,
                        timeout,
                        null)
                .thenApply(response -> accept(connection, sameOf(response)));
    }

    private byte routing() {
        return allMembers ? ROUTING_ALL_MEMBERS : ROUTING_SINGLE_MEMBER;
    }

    /** Both requests are answered with the same fields. */
    private static ClientAuthenticationCodec.Response sameOf(ClientAuthenticationCustomCodec.Response r) {
        return new ClientAuthenticationCodec.Response(
                r.status(),
                r.address(),
                r.memberUuid(),
                r.serializationVersion(),
                r.serverHazelcastVersion(),
                r.partitionCount(),
                r.clusterId(),
                r.failoverSupported(),
                r.tpcPorts(),
                r.tpcToken(),
                r.memberListVersion(),
                r.memberInfos(),
                r.partitionListVersion(),
                r.partitions(),
                r.keyValuePairs());
    }

    private AuthenticationResult accept(Connection connection, ClientAuthenticationCodec.Response response) {
        Address dialled = connection.address();
        // Only the status is meaningful in a refusal.
        switch (response.status()) {
            case AUTHENTICATED -> {}
            case CREDENTIALS_FAILED ->
                throw new AuthenticationException(
                        "Member " + dialled + " refused the client: the cluster name '" + clusterName
                                + "' (option clusterName) is not the cluster's, or it does not accept " + credentials);
            case SERIALIZATION_VERSION_MISMATCH ->
                throw new AuthenticationException("Member " + dialled + " uses another serialization version than this"
                        + " client's version " + SERIALIZATION_VERSION + "; use a member of release 4.0 or later");
            case NOT_ALLOWED_IN_CLUSTER ->
                throw new ClientNotAllowedException("The cluster at " + dialled
                        + " does not allow this client (it is blacklisted there, or the client was told to fail over)");
            default ->
                throw new AuthenticationException(
                        "Member " + dialled + " answered the authentication with unknown status " + response.status());
        }
        UUID uuid = response.memberUuid();
        UUID clusterId = response.clusterId();
        if (uuid == null || clusterId == null || response.partitionCount() < 1) {
            throw new AuthenticationException("Member " + dialled
                    + " accepted the client but did not say its uuid, its cluster's id or the number of partitions");
        }
        io.filbert.internal.protocol.type.Address said = response.address();
        Address address = said == null ? dialled : addressOr(said, dialled);
        return new AuthenticationResult(
                new MemberIdentity(uuid, address, response.serverHazelcastVersion()),
                response.partitionCount(),
                clusterId,
                response.memberInfos(),
                response.memberListVersion(),
                response.partitions(),
                response.partitionListVersion());
    }

    private static Address addressOr(io.filbert.internal.protocol.type.Address said, Address dialled) {
        try {
            return new Address(said.host(), said.port());
        } catch (IllegalArgumentException e) {
            return dialled; // it has none that could be used, but it is there
        }
    }
}
