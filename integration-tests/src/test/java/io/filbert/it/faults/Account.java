// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.faults;

import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.FieldKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two releases of a class that is stored in compact form: programs of both run while it is upgraded. */
interface Account {

    String TYPE_NAME = "account";

    long deposits();

    Account afterDeposit();

    /** As the old program knows it. */
    record Old(String owner, long deposits) implements Account {

        @Override
        public Account afterDeposit() {
            return new Old(owner, deposits + 1);
        }
    }

    /** As the new program knows it: with a field more. */
    record New(String owner, long deposits, @Nullable String email) implements Account {

        @Override
        public Account afterDeposit() {
            return new New(owner, deposits + 1, owner + "@example.com");
        }
    }

    /** Of the old program. */
    final class OldSerializer implements CompactSerializer<Old> {

        @Override
        public Old read(CompactReader in) {
            return new Old(Objects.requireNonNull(in.readString("owner")), in.readInt64("deposits"));
        }

        @Override
        public void write(CompactWriter out, Old account) {
            out.writeString("owner", account.owner);
            out.writeInt64("deposits", account.deposits);
        }

        @Override
        public Class<Old> getCompactClass() {
            return Old.class;
        }

        @Override
        public String getTypeName() {
            return TYPE_NAME;
        }
    }

    /** Of the new program. */
    final class NewSerializer implements CompactSerializer<New> {

        @Override
        public New read(CompactReader in) {
            boolean hasEmail = in.getFieldKind("email") == FieldKind.STRING;
            return new New(
                    Objects.requireNonNull(in.readString("owner")),
                    in.readInt64("deposits"),
                    hasEmail ? in.readString("email") : null);
        }

        @Override
        public void write(CompactWriter out, New account) {
            out.writeString("owner", account.owner);
            out.writeInt64("deposits", account.deposits);
            out.writeString("email", account.email);
        }

        @Override
        public Class<New> getCompactClass() {
            return New.class;
        }

        @Override
        public String getTypeName() {
            return TYPE_NAME;
        }
    }
}
