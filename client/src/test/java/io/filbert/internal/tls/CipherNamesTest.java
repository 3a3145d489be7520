// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CipherNamesTest {

    private static final String[] SUITES = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
        "SSL_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"
    };

    private final CipherNames names = new CipherNames(SUITES);
    private final List<String> unknown = new ArrayList<>();

    /** As 'openssl ciphers -stdname' of OpenSSL 3.0 has them: all suites of a JDK 17, and some older ones. */
    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
                    TLS_DHE_DSS_WITH_AES_128_CBC_SHA DHE-DSS-AES128-SHA
                    TLS_DHE_DSS_WITH_AES_128_CBC_SHA256 DHE-DSS-AES128-SHA256
                    TLS_DHE_DSS_WITH_AES_128_GCM_SHA256 DHE-DSS-AES128-GCM-SHA256
                    TLS_DHE_DSS_WITH_AES_256_CBC_SHA DHE-DSS-AES256-SHA
                    TLS_DHE_DSS_WITH_AES_256_CBC_SHA256 DHE-DSS-AES256-SHA256
                    TLS_DHE_DSS_WITH_AES_256_GCM_SHA384 DHE-DSS-AES256-GCM-SHA384
                    TLS_DHE_RSA_WITH_AES_128_CBC_SHA DHE-RSA-AES128-SHA
                    TLS_DHE_RSA_WITH_AES_128_CBC_SHA256 DHE-RSA-AES128-SHA256
                    TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 DHE-RSA-AES128-GCM-SHA256
                    TLS_DHE_RSA_WITH_AES_256_CBC_SHA DHE-RSA-AES256-SHA
                    TLS_DHE_RSA_WITH_AES_256_CBC_SHA256 DHE-RSA-AES256-SHA256
                    TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 DHE-RSA-AES256-GCM-SHA384
                    TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256 DHE-RSA-CHACHA20-POLY1305
                    TLS_DH_anon_WITH_AES_128_CBC_SHA ADH-AES128-SHA
                    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA ECDHE-ECDSA-AES128-SHA
                    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 ECDHE-ECDSA-AES128-SHA256
                    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 ECDHE-ECDSA-AES128-GCM-SHA256
                    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA ECDHE-ECDSA-AES256-SHA
                    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384 ECDHE-ECDSA-AES256-SHA384
                    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDHE-ECDSA-AES256-GCM-SHA384
                    TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256 ECDHE-ECDSA-CAMELLIA128-SHA256
                    TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 ECDHE-ECDSA-CHACHA20-POLY1305
                    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA ECDHE-RSA-AES128-SHA
                    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 ECDHE-RSA-AES128-SHA256
                    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 ECDHE-RSA-AES128-GCM-SHA256
                    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA ECDHE-RSA-AES256-SHA
                    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 ECDHE-RSA-AES256-SHA384
                    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDHE-RSA-AES256-GCM-SHA384
                    TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 ECDHE-RSA-CHACHA20-POLY1305
                    TLS_ECDH_anon_WITH_AES_128_CBC_SHA AECDH-AES128-SHA
                    TLS_RSA_WITH_AES_128_CBC_SHA AES128-SHA
                    TLS_RSA_WITH_AES_128_CBC_SHA256 AES128-SHA256
                    TLS_RSA_WITH_AES_128_GCM_SHA256 AES128-GCM-SHA256
                    TLS_RSA_WITH_AES_256_CBC_SHA AES256-SHA
                    TLS_RSA_WITH_AES_256_CBC_SHA256 AES256-SHA256
                    TLS_RSA_WITH_AES_256_GCM_SHA384 AES256-GCM-SHA384
                    TLS_RSA_WITH_CAMELLIA_128_CBC_SHA CAMELLIA128-SHA
                    TLS_RSA_WITH_NULL_SHA256 NULL-SHA256
                    SSL_RSA_WITH_3DES_EDE_CBC_SHA DES-CBC3-SHA
                    TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA ECDHE-RSA-DES-CBC3-SHA
                    SSL_RSA_WITH_RC4_128_SHA RC4-SHA
                    """)
    void openSslName_isWhatOpenSslSays(String suite, String openSsl) {
        assertThat(CipherNames.openSslName(suite)).isEqualTo(openSsl);
    }

    @Test
    void openSslName_tls13_isTheSame() {
        assertThat(CipherNames.openSslName("TLS_AES_256_GCM_SHA384")).isNull();
    }

    @Test
    void resolve_bothKindsOfNames_keepsTheOrder() {
        assertThat(names.resolve(
                        List.of("DHE-RSA-AES128-SHA:DHE-RSA-AES256-SHA", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                        unknown))
                .containsExactly(
                        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assertThat(unknown).isEmpty();
    }

    @Test
    void resolve_separatorsCaseRepetitionsAndOldPrefixes_areUnderstood() {
        assertThat(names.resolve(
                        List.of(
                                " ecdhe-rsa-aes128-gcm-sha256, TLS_AES_256_GCM_SHA384",
                                "TLS_RSA_WITH_3DES_EDE_CBC_SHA" + ":EDH-RSA-AES128-SHA TLS_AES_256_GCM_SHA384"),
                        unknown))
                .containsExactly(
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                        "TLS_AES_256_GCM_SHA384",
                        "SSL_RSA_WITH_3DES_EDE_CBC_SHA",
                        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA");
        assertThat(unknown).isEmpty();
    }

    @Test
    void resolve_unknownNames_areHandedOver() {
        assertThat(names.resolve(List.of("HIGH:!aNULL:DHE-RSA-AES128-SHA", "AES999"), unknown))
                .containsExactly("TLS_DHE_RSA_WITH_AES_128_CBC_SHA");
        assertThat(unknown).containsExactly("HIGH", "!aNULL", "AES999");
    }

    @Test
    void isOfTls13_onlyItsSuites() {
        assertThat(List.of(SUITES).stream().filter(CipherNames::isOfTls13)).containsExactly("TLS_AES_256_GCM_SHA384");
    }
}
