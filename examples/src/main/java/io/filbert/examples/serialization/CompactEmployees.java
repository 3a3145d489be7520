// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples.serialization;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.query.Predicates;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.GenericRecord;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Classes whose fields the cluster knows by name: a record as it is, and a class with a serializer. */
public final class CompactEmployees {

    private CompactEmployees() {}

    // tag::record[]
    enum Level {
        JUNIOR,
        SENIOR
    }

    record Address(String street, String city) {}

    record Employee(String name, int age, Level level, LocalDate since, Address home) {}
    // end::record[]

    static void zeroConfiguration(BlockingDistributedMap<Integer, Employee> employees) {
        // tag::zeroConfiguration[]
        Address home = new Address("1 Main Street", "Palo Alto");
        employees.put(1, new Employee("Alice", 34, Level.SENIOR, LocalDate.of(2019, 5, 1), home));
        employees.put(2, new Employee("Bob", 22, Level.JUNIOR, LocalDate.of(2025, 9, 1), home));
        List<Employee> young = employees.values(
                Predicates.and(Predicates.less("age", 30), Predicates.equal("home.city", "Palo Alto")));
        // end::zeroConfiguration[]
        young.forEach(employee -> System.out.println(employee.name() + " is under 30"));
    }

    /** A class that its own code must make. */
    static final class Account {

        final String owner;
        final long cents;
        final @Nullable String currency;

        Account(String owner, long cents, @Nullable String currency) {
            this.owner = owner;
            this.cents = cents;
            this.currency = currency;
        }
    }

    // tag::serializer[]
    static final class AccountSerializer implements CompactSerializer<Account> {

        @Override
        public Class<Account> getCompactClass() {
            return Account.class;
        }

        @Override
        public String getTypeName() {
            return "account"; // the same in all programs and languages
        }

        @Override
        public void write(CompactWriter writer, Account account) {
            writer.writeString("owner", account.owner);
            writer.writeInt64("cents", account.cents);
            writer.writeString("currency", account.currency);
        }

        @Override
        public Account read(CompactReader reader) {
            String owner = reader.readString("owner");
            return new Account(
                    owner == null ? "" : owner,
                    reader.readInt64("cents"),
                    // accounts written before there was this field do not have it
                    reader.getFieldKind("currency") == FieldKind.STRING ? reader.readString("currency") : "EUR");
        }
    }
    // end::serializer[]

    static void configure(ClientConfig.Builder config) {
        // tag::config[]
        config.compactSerializers(new AccountSerializer());
        // end::config[]
    }

    static void generic(HazelcastClient withoutTheClass) {
        // tag::generic[]
        BlockingDistributedMap<Integer, GenericRecord> accounts =
                withoutTheClass.<Integer, GenericRecord>getMap("accounts").blocking();
        accounts.values()
                .forEach(account -> System.out.println(account.typeName() + " of " + account.getString("owner")));
        // end::generic[]
    }

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> {
                    config.clusterMembers(members);
                    configure(config);
                });
                HazelcastClient other = HazelcastClient.connect(config -> config.clusterMembers(members))) {
            BlockingDistributedMap<Integer, Employee> employees =
                    client.<Integer, Employee>getMap("employees").blocking();
            zeroConfiguration(employees);
            BlockingDistributedMap<Integer, Account> accounts =
                    client.<Integer, Account>getMap("accounts").blocking();
            accounts.put(1, new Account("Alice", 12_50, "EUR"));
            generic(other);
            employees.destroy();
            accounts.destroy();
        }
    }
}
