// SPDX-License-Identifier: Apache-2.0
// tag::module[]
module com.acme.orders {
    requires io.filbert.client; // brings io.filbert.api, with the structures and the configuration

    opens com.acme.orders to
            io.filbert.serialization; // for records and classes that are stored without a serializer
}
// end::module[]
