// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.cluster.Address;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a client proves itself with to members. The texts of these say which option gave it, never what it is. */
public sealed interface Credentials {

    /** Of a client that proves nothing. */
    Credentials NONE = new Password(null, null);

    /** A name and its password, or neither. */
    record Password(@Nullable String username, @Nullable String password) implements Credentials {

        @Override
        public String toString() {
            return username == null
                    ? "clients without credentials (options credsUsername, tokenProvider)"
                    : "user '" + username + "' with this password (options credsUsername, credsPassword)";
        }
    }

    /**
     * Bytes that the member's login module understands.
     *
     * @param option which option they come from
     * @param source gives the bytes for a connection to the address; may take its time
     */
    record Secret(String option, Function<Address, byte[]> source) implements Credentials {

        @Override
        public String toString() {
            return "these credentials (option " + option + ")";
        }
    }
}
