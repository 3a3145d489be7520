// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.flightrecorder;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("filbert.SlowCall")
@Label("Slow Call")
@Description("A call that was answered late; the event is of the moment of the answer")
@Category("Filbert")
@StackTrace(false)
final class SlowCallEvent extends Event {

    @Label("Client")
    @Nullable
    String client;

    @Label("Call")
    @Nullable
    String call;

    @Label("Connection")
    @Nullable
    String connection;

    @Label("Time From Call To Answer")
    @Timespan(Timespan.NANOSECONDS)
    long time;

    @Label("Attempts")
    int attempts;

    @SettingDefinition
    @Label("Slower Than")
    boolean slowerThan(SlowerThan setting) {
        return setting.isReachedBy(time);
    }
}
