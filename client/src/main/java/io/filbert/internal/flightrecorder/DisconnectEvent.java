// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.flightrecorder;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("filbert.Disconnect")
@Label("Disconnect")
@Description("A connection that was in use has ended")
@Category("Filbert")
@StackTrace(false)
final class DisconnectEvent extends Event {

    @Label("Client")
    @Nullable
    String client;

    @Label("Connection")
    @Nullable
    String connection;

    @Label("Reason")
    @Nullable
    String reason;
}
