// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

/**
 * A version of TLS, under the name that the Python client gives it. JDKs switch off what is no longer safe: with 17 and later
 * everything before {@link #TLSv1_2}, and none knows {@link #SSLv2}.
 */
public enum TlsProtocol {
    /** SSL 2.0, prohibited by RFC 6176. */
    SSLv2("SSLv2"),
    /** SSL 3.0, prohibited by RFC 7568. */
    SSLv3("SSLv3"),
    /** TLS 1.0, prohibited by RFC 8996. */
    TLSv1("TLSv1"),
    /** TLS 1.1, prohibited by RFC 8996. */
    TLSv1_1("TLSv1.1"),
    /** TLS 1.2. */
    TLSv1_2("TLSv1.2"),
    /** TLS 1.3. */
    TLSv1_3("TLSv1.3");

    private final String standardName;

    TlsProtocol(String standardName) {
        this.standardName = standardName;
    }

    /** The name that the JDK uses, such as {@code TLSv1.2}. */
    public String standardName() {
        return standardName;
    }
}
