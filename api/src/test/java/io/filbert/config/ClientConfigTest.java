// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.MembershipListener;
import io.filbert.error.ConfigurationException;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientConfigTest {

    /** A bare NullPointerException leaves the reader to guess which of forty options it was. */
    @Test
    void options_refuseNullAtOnce_andNameTheOption() {
        assertThat(BuilderOptions.of(ClientConfig.Builder.class)
                        .filter(method -> !method.getParameterTypes()[0].isPrimitive()))
                .isNotEmpty()
                .allSatisfy(method -> assertThatThrownBy(
                                () -> method.invoke(ClientConfig.builder(), new Object[method.getParameterCount()]))
                        .as("%s", method)
                        .cause()
                        .isInstanceOf(NullPointerException.class)
                        .hasMessageStartingWith(method.getName()));
    }

    @Test
    @SuppressWarnings("NullAway") // nulls on purpose
    void nullElement_isRefusedAtOnce_withItsPlace() {
        ClientConfig.Builder builder = ClientConfig.builder();

        assertThatNullPointerException()
                .isThrownBy(() -> builder.clusterMembers("a", null))
                .withMessage("clusterMembers[1]");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.labels(Arrays.asList(null, "a")))
                .withMessage("labels[0]");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.portableFactories(Collections.singletonMap(1, null)))
                .withMessage("portableFactories[1]");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.customSerializers(Collections.singletonMap(null, Samples.SERIALIZER)))
                .withMessage("customSerializers[null]");
    }

    @Test
    @SuppressWarnings("NullAway") // nulls on purpose
    void nullArgument_isRefusedAtOnce() {
        ClientConfig.Builder builder = ClientConfig.builder();

        assertThatNullPointerException()
                .isThrownBy(() -> builder.clusterName(null))
                .withMessage("clusterName");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.heartbeatTimeout(null))
                .withMessage("heartbeatTimeout");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.labels("a", null))
                .withMessage("labels[1]");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.callbackExecutor(null))
                .withMessage("callbackExecutor");
    }

    @Test
    void build_afterCorrection_succeeds() {
        ClientConfig.Builder builder = ClientConfig.builder().ioThreads(0);
        assertThatThrownBy(builder::build).isInstanceOf(ConfigurationException.class);

        assertThat(builder.ioThreads(2).build().network().ioThreads()).isEqualTo(2);
    }

    @Test
    void build_later_changesOfTheBuilder_doNotReachTheConfig() {
        ClientConfig.Builder builder = ClientConfig.builder().socketOption(StandardSocketOptions.SO_RCVBUF, 1);
        ClientConfig config = builder.build();

        builder.clusterName("other").socketOption(StandardSocketOptions.SO_RCVBUF, 2);

        assertThat(config.clusterName()).isEqualTo("dev");
        assertThat(config.network().socketOptions()).containsEntry(StandardSocketOptions.SO_RCVBUF, 1);
    }

    @Test
    void collections_areCopiedAndUnmodifiable() {
        List<String> members = new ArrayList<>(List.of("a"));
        List<String> labels = new ArrayList<>(List.of("x"));
        ClientConfig.Builder builder =
                ClientConfig.builder().clusterMembers(members).labels(labels);

        members.add("b");
        labels.add("y");
        ClientConfig config = builder.build();

        assertThat(config.discovery().clusterMembers()).containsExactly("a");
        assertThat(config.labels()).containsExactly("x");
        assertThatThrownBy(() -> config.labels().add("z")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> config.network().socketOptions().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void toString_showsOptions_butCountsListeners() {
        MembershipListener listener = new MembershipListener() {
            @Override
            public String toString() {
                return "holds a secret";
            }
        };

        assertThat(ClientConfig.builder()
                        .clusterName("prod")
                        .membershipListeners(listener)
                        .build()
                        .toString())
                .contains("clusterName=prod", "redoOperation=false", "membershipListeners=1")
                .doesNotContain("secret");
    }

    @Test
    void toString_ofDiscovery_hidesTheToken() {
        String text = ClientConfig.builder()
                .cloudDiscoveryToken("secret")
                .failoverCluster(f ->
                        f.cloudDiscoveryToken("secret").credsUsername("alice").credsPassword("secret"))
                .build()
                .toString();

        assertThat(text)
                .contains("cloudDiscoveryToken=(hidden)", "cloudDiscoveryUrl=https://api", "username=alice")
                .doesNotContain("secret");
    }

    @Test
    void toString_ofSerialization_showsClassesInsteadOfObjects() {
        ClientConfig config = ClientConfig.builder()
                .dataSerializableFactories(Map.of(2, Samples.FACTORY, 1, Samples.FACTORY))
                .compactSerializers(Samples.COMPACT)
                .compactClasses(Samples.Line.class)
                .customSerializers(Map.of(Samples.Order.class, Samples.SERIALIZER))
                .globalSerializer(new Samples.Stream(6))
                .javaSerializationAllowed("a.B")
                .build();

        String name = Samples.class.getName() + "$";
        assertThat(config.toString())
                .contains(
                        "bigEndian=true",
                        "dataSerializableFactories={1="
                                + Samples.FACTORY.getClass().getName(),
                        "compactSerializers=[" + name + "Compact]",
                        "compactClasses=[" + name + "Line]",
                        "customSerializers={" + name + "Order=" + name + "Stream}",
                        "globalSerializer=" + name + "Stream",
                        "javaSerializationAllowed=[a.B], javaSerializationFilter=none")
                .doesNotContain("secret");
    }
}
