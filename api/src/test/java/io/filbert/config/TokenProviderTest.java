// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.cluster.Address;
import org.junit.jupiter.api.Test;

class TokenProviderTest {

    private static final Address ADDRESS = new Address("localhost", 5701);

    @Test
    void of_text_isItsUtf8() {
        assertThat(TokenProvider.of("ß").token(ADDRESS)).containsExactly(0xC3, 0x9F);
    }

    @Test
    void of_bytes_areCopied() {
        byte[] token = {1, 2, 3};
        TokenProvider provider = TokenProvider.of(token);

        token[0] = 9;
        provider.token(ADDRESS)[1] = 9;

        assertThat(provider.token(ADDRESS)).containsExactly(1, 2, 3);
    }
}
