// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.flightrecorder;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("filbert.Retry")
@Label("Retry")
@Description("An attempt failed and the call will be sent again")
@Category("Filbert")
@StackTrace(false)
final class RetryEvent extends Event {

    @Label("Client")
    @Nullable
    String client;

    @Label("Call")
    @Nullable
    String call;

    @Label("Failed Attempt")
    int attempt;

    @Label("Failure")
    @Nullable
    String failure;
}
