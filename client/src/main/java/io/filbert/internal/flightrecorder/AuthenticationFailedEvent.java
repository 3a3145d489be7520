// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.flightrecorder;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("filbert.AuthenticationFailed")
@Label("Authentication Failed")
@Description("A member refused the client")
@Category("Filbert")
@StackTrace(false)
final class AuthenticationFailedEvent extends Event {

    @Label("Client")
    @Nullable
    String client;

    @Label("Address")
    @Nullable
    String address;

    @Label("Reason")
    @Nullable
    String reason;
}
