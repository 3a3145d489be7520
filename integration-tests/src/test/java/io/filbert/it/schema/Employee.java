// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.schema;

import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import java.util.Objects;

/** A value in compact form, with a serializer that remembers which thread called it last. */
record Employee(String name, int age) {

    static final String TYPE_NAME = "employee";

    static final class Serializer implements CompactSerializer<Employee> {

        volatile Thread reader = Thread.currentThread();

        @Override
        public Employee read(CompactReader in) {
            reader = Thread.currentThread();
            return new Employee(Objects.requireNonNull(in.readString("name")), in.readInt32("age"));
        }

        @Override
        public void write(CompactWriter out, Employee employee) {
            out.writeString("name", employee.name);
            out.writeInt32("age", employee.age);
        }

        @Override
        public Class<Employee> getCompactClass() {
            return Employee.class;
        }

        @Override
        public String getTypeName() {
            return TYPE_NAME;
        }
    }
}
