// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadBalancersTest {

    private static final List<Member> MEMBERS =
            IntStream.range(0, 3).mapToObj(LoadBalancersTest::member).toList();

    @Test
    void roundRobin_takesMembersInTurn_beginningWithTheFirst() {
        LoadBalancer balancer = LoadBalancers.roundRobin();

        List<@Nullable Member> chosen =
                Stream.generate(() -> balancer.next(MEMBERS)).limit(7).toList();

        assertThat(chosen)
                .containsExactly(
                        MEMBERS.get(0),
                        MEMBERS.get(1),
                        MEMBERS.get(2),
                        MEMBERS.get(0),
                        MEMBERS.get(1),
                        MEMBERS.get(2),
                        MEMBERS.get(0));
    }

    @Test
    void roundRobin_followsAShrinkingList() {
        LoadBalancer balancer = LoadBalancers.roundRobin();
        balancer.next(MEMBERS);
        balancer.next(MEMBERS);

        assertThat(balancer.next(MEMBERS.subList(0, 1))).isSameAs(MEMBERS.get(0));
    }

    @Test
    void roundRobin_twoBalancers_areIndependent() {
        LoadBalancers.roundRobin().next(MEMBERS);

        assertThat(LoadBalancers.roundRobin().next(MEMBERS)).isSameAs(MEMBERS.get(0));
    }

    @Test
    void random_takesEveryMember() {
        LoadBalancer balancer = LoadBalancers.random();
        Set<@Nullable Member> chosen = new HashSet<>();

        // Each member is missed by 1000 draws with a probability of (2/3)^1000, which is about 10^-176.
        for (int i = 0; i < 1000; i++) {
            chosen.add(balancer.next(MEMBERS));
        }

        assertThat(chosen).containsExactlyInAnyOrderElementsOf(MEMBERS);
    }

    private static Member member(int i) {
        return new Member(
                new UUID(0, i),
                new Address("10.0.0." + (i + 1), 5701),
                Map.of(),
                false,
                new MemberVersion(5, 7, 0),
                Map.of());
    }
}
