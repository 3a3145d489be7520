// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.flightrecorder;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("filbert.ClusterChanged")
@Label("Cluster Changed")
@Description("The client is connected to a cluster with another id than before")
@Category("Filbert")
@StackTrace(false)
final class ClusterChangedEvent extends Event {

    @Label("Client")
    @Nullable
    String client;

    @Label("Cluster Id Before")
    @Nullable
    String before;

    @Label("Cluster Id Now")
    @Nullable
    String after;
}
