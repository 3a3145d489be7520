// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.CustomType;
import io.filbert.codegen.Schema.Field;
import java.util.List;
import java.util.Map;

/** Finds out whether fields hold serialized objects, at any depth. */
final class CarriedData {
    private CarriedData() {}

    static boolean in(List<Field> fields, Map<String, CustomType> types) {
        return fields.stream().anyMatch(field -> in(field.type(), types));
    }

    private static boolean in(Type type, Map<String, CustomType> types) {
        CustomType custom = types.get(type.name());
        return type.name().equals("Data")
                || type.arguments().stream().anyMatch(each -> in(each, types))
                || (custom != null && in(custom.fields(), types));
    }
}
