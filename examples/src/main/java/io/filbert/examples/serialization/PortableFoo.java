// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples.serialization;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.query.Predicates;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import io.filbert.serialization.PortableWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A class with named fields, and its second version beside it. */
public final class PortableFoo {

    private PortableFoo() {}

    // tag::class[]
    static final class Foo implements Portable {

        static final int FACTORY_ID = 1;
        static final int CLASS_ID = 1;

        @Nullable
        String foo;

        Foo() {}

        Foo(String foo) {
            this.foo = foo;
        }

        @Override
        public int getFactoryId() {
            return FACTORY_ID;
        }

        @Override
        public int getClassId() {
            return CLASS_ID;
        }

        @Override
        public void writePortable(PortableWriter writer) {
            writer.writeString("foo", foo);
        }

        @Override
        public void readPortable(PortableReader reader) {
            foo = reader.readString("foo");
        }
    }
    // end::class[]

    // tag::version[]
    static final class Foo2 implements Portable {

        @Nullable
        String foo;

        @Nullable
        String foo2;

        Foo2() {}

        Foo2(String foo, String foo2) {
            this.foo = foo;
            this.foo2 = foo2;
        }

        @Override
        public int getFactoryId() {
            return Foo.FACTORY_ID;
        }

        @Override
        public int getClassId() {
            return Foo.CLASS_ID;
        }

        @Override
        public int getClassVersion() {
            return 2;
        }

        @Override
        public void writePortable(PortableWriter writer) {
            writer.writeString("foo", foo);
            writer.writeString("foo2", foo2);
        }

        @Override
        public void readPortable(PortableReader reader) {
            foo = reader.readString("foo");
            foo2 = reader.readString("foo2"); // null in what version 1 has written
        }
    }
    // end::version[]

    static void configure(ClientConfig.Builder config) {
        // tag::config[]
        config.portableFactories(Map.of(Foo.FACTORY_ID, classId -> classId == Foo.CLASS_ID ? new Foo() : null));
        // end::config[]
    }

    static void configureVersion(ClientConfig.Builder config) {
        // tag::globalVersion[]
        config.portableVersion(1);
        // end::globalVersion[]
    }

    static void configureSecondVersion(ClientConfig.Builder config) {
        config.portableFactories(Map.of(Foo.FACTORY_ID, classId -> classId == Foo.CLASS_ID ? new Foo2() : null));
    }

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient older = HazelcastClient.connect(config -> {
                    config.clusterMembers(members);
                    configure(config);
                });
                HazelcastClient newer = HazelcastClient.connect(config -> {
                    config.clusterMembers(members);
                    configureSecondVersion(config);
                })) {
            BlockingDistributedMap<String, Foo> old =
                    older.<String, Foo>getMap("foos").blocking();
            BlockingDistributedMap<String, Foo2> now =
                    newer.<String, Foo2>getMap("foos").blocking();
            old.put("first", new Foo("one"));
            now.put("second", new Foo2("two", "new in version 2"));

            Foo2 first = now.get("first");
            Foo second = old.get("second");
            System.out.println(
                    "The new client reads the old value: " + (first == null ? "?" : first.foo + ", " + first.foo2));
            System.out.println("The old client reads the new value: " + (second == null ? "?" : second.foo));
            List<Foo> found = old.values(Predicates.equal("foo", "two"));
            System.out.println("Found by field: " + found.size());
            old.destroy();
        }
    }
}
