// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpiryTest {

    private static final Duration TTL = Duration.ofMinutes(30);
    private static final Duration IDLE = Duration.ofMinutes(5);

    @Test
    void eachPart_isAsConfigured_none_orADuration() {
        assertThat(Expiry.asConfigured()).returns(null, Expiry::ttl).returns(null, Expiry::maxIdle);
        assertThat(Expiry.none()).returns(Duration.ZERO, Expiry::ttl).returns(Duration.ZERO, Expiry::maxIdle);
        assertThat(Expiry.ofTtl(TTL)).returns(TTL, Expiry::ttl).returns(null, Expiry::maxIdle);
        assertThat(Expiry.ofMaxIdle(IDLE)).returns(null, Expiry::ttl).returns(IDLE, Expiry::maxIdle);
        assertThat(Expiry.ofTtl(TTL).withMaxIdle(IDLE)).isEqualTo(Expiry.ofMaxIdle(IDLE).withTtl(TTL));
        assertThat(Expiry.asConfigured().withoutTtl()).returns(Duration.ZERO, Expiry::ttl).returns(null, Expiry::maxIdle);
        assertThat(Expiry.ofTtl(TTL).withoutMaxIdle()).returns(TTL, Expiry::ttl).returns(Duration.ZERO, Expiry::maxIdle);
        assertThat(Expiry.ofTtl(Duration.ZERO).withMaxIdle(Duration.ZERO)).isEqualTo(Expiry.none());
    }

    @Test
    void negativeOrNull_isRefused() {
        assertThatThrownBy(() -> Expiry.ofTtl(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ttl must not be negative, but is PT-0.001S");
        assertThatThrownBy(() -> Expiry.none().withMaxIdle(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("maxIdle must not be negative");
    }

    @Test
    void equalsHashCodeToString_goByBothParts() {
        assertThat(Expiry.ofTtl(TTL)).isEqualTo(Expiry.ofTtl(TTL)).hasSameHashCodeAs(Expiry.ofTtl(TTL));
        assertThat(Expiry.ofTtl(TTL)).isNotEqualTo(Expiry.ofMaxIdle(TTL));
        assertThat(Expiry.ofTtl(TTL).withoutMaxIdle()).hasToString("Expiry(ttl PT30M, maxIdle none)");
        assertThat(Expiry.ofMaxIdle(IDLE)).hasToString("Expiry(ttl as configured, maxIdle PT5M)");
    }
}
