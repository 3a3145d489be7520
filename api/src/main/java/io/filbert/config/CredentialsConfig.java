// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import org.jspecify.annotations.Nullable;

/**
 * How the client proves who it is; at most one way of three. Made by {@link ClientConfig.Builder}, where each option is explained.
 *
 * @param username sent with the password; null for none
 * @param password null for none
 * @param tokenProvider gives a token for each connection; null for none
 * @param custom an object that is sent in serialized form; null for none
 */
public record CredentialsConfig(
        @Nullable String username,
        @Nullable String password,
        @Nullable TokenProvider tokenProvider,
        @Nullable Object custom) {

    /** What is used and the user's name, but nothing secret. */
    @Override
    public String toString() {
        String shown = "";
        if (username != null) {
            shown += "username=" + username;
        }
        shown += hidden(shown, "password", password);
        shown += hidden(shown, "tokenProvider", tokenProvider);
        shown += hidden(shown, "custom", custom);
        return "CredentialsConfig[" + (shown.isEmpty() ? "none" : shown) + "]";
    }

    private static String hidden(String before, String name, @Nullable Object value) {
        return value == null ? "" : (before.isEmpty() ? "" : ", ") + name + "=(hidden)";
    }
}
