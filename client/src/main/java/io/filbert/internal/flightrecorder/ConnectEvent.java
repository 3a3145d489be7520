// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.flightrecorder;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("filbert.Connect")
@Label("Connect")
@Description("An attempt to connect to a member, authentication included")
@Category("Filbert")
@StackTrace(false)
final class ConnectEvent extends Event {

    @Label("Client")
    @Nullable
    String client;

    @Label("Address")
    @Nullable
    String address;

    @Label("Succeeded")
    boolean succeeded;

    @Label("Member")
    @Nullable
    String member;

    @Label("Failure")
    @Nullable
    String failure;
}
