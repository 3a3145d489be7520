// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import java.util.Locale;

/** Who uses a generated codec. Clients ship their side only; the other one would double the size of the jar. */
public enum Side {
    /** Encodes requests, decodes responses and events. */
    CLIENT("codec", "Codec"),
    /** Decodes requests, encodes responses and events; for members made of a script. */
    MEMBER("member", "MemberCodec");

    private final String packageName;
    private final String suffix;

    Side(String packageName, String suffix) {
        this.packageName = packageName;
        this.suffix = suffix;
    }

    /** The package of this side's codecs. */
    public String packageName() {
        return JavaNames.RUNTIME + "." + packageName;
    }

    /** {@code MapPutCodec} or {@code MapPutMemberCodec}. */
    public String codecName(Schema.Method method) {
        StringBuilder result = new StringBuilder(method.service());
        for (String word : method.name().split("_")) {
            result.append(Schema.capitalized(word));
        }
        return result.append(suffix).toString();
    }

    static Side of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
