// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import io.filbert.codegen.Schema.CustomType;
import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.SchemaParser;
import io.filbert.codegen.Type;
import java.util.List;

/** What has changed in a message since a version. */
final class Growth {
    private Growth() {}

    /** Whether a peer of that version writes exactly these fields, at any depth. */
    static boolean unchangedSince(List<Field> fields, String version) {
        return fields.stream()
                .allMatch(each -> SchemaParser.compareVersions(each.since(), version) <= 0
                        && unchangedSince(each.type(), version));
    }

    static boolean unchangedSince(Type type, String version) {
        CustomType custom = CodecPair.SCHEMA.types().get(type.name());
        return type.arguments().stream().allMatch(each -> unchangedSince(each, version))
                && (custom == null || unchangedSince(custom.fields(), version));
    }
}
