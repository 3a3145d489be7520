// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import com.hazelcast.nio.serialization.ClassDefinition;
import com.hazelcast.nio.serialization.ClassDefinitionBuilder;
import io.filbert.internal.serialization.portable.Model.Field;
import io.filbert.internal.serialization.portable.Model.Shape;

/** Class definitions of the official client. */
@SuppressWarnings("removal") // the client announces the end of this form
final class OfficialDefinitions {

    private OfficialDefinitions() {}

    static ClassDefinition of(Shape shape) {
        ClassDefinitionBuilder builder = new ClassDefinitionBuilder(Sample.FACTORY, shape.classId(), shape.version());
        for (Field field : shape.fields()) {
            add(builder, field);
        }
        return builder.build();
    }

    private static void add(ClassDefinitionBuilder builder, Field field) {
        String name = field.name();
        switch (field.type()) {
            case PORTABLE -> builder.addPortableField(name, of(field.nestedShape()));
            case PORTABLE_ARRAY -> builder.addPortableArrayField(name, of(field.nestedShape()));
            case BYTE -> builder.addByteField(name);
            case BOOLEAN -> builder.addBooleanField(name);
            case CHAR -> builder.addCharField(name);
            case SHORT -> builder.addShortField(name);
            case INT -> builder.addIntField(name);
            case LONG -> builder.addLongField(name);
            case FLOAT -> builder.addFloatField(name);
            case DOUBLE -> builder.addDoubleField(name);
            case STRING -> builder.addStringField(name);
            case DECIMAL -> builder.addDecimalField(name);
            case TIME -> builder.addTimeField(name);
            case DATE -> builder.addDateField(name);
            case TIMESTAMP -> builder.addTimestampField(name);
            case TIMESTAMP_WITH_TIMEZONE -> builder.addTimestampWithTimezoneField(name);
            case BYTE_ARRAY -> builder.addByteArrayField(name);
            case BOOLEAN_ARRAY -> builder.addBooleanArrayField(name);
            case CHAR_ARRAY -> builder.addCharArrayField(name);
            case SHORT_ARRAY -> builder.addShortArrayField(name);
            case INT_ARRAY -> builder.addIntArrayField(name);
            case LONG_ARRAY -> builder.addLongArrayField(name);
            case FLOAT_ARRAY -> builder.addFloatArrayField(name);
            case DOUBLE_ARRAY -> builder.addDoubleArrayField(name);
            case STRING_ARRAY -> builder.addStringArrayField(name);
            case DECIMAL_ARRAY -> builder.addDecimalArrayField(name);
            case TIME_ARRAY -> builder.addTimeArrayField(name);
            case DATE_ARRAY -> builder.addDateArrayField(name);
            case TIMESTAMP_ARRAY -> builder.addTimestampArrayField(name);
            case TIMESTAMP_WITH_TIMEZONE_ARRAY -> builder.addTimestampWithTimezoneArrayField(name);
        }
    }
}
