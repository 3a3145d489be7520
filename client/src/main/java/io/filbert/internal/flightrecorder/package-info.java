// SPDX-License-Identifier: Apache-2.0
/**
 * Events for Java Flight Recorder: what happened to connections, the cluster and slow calls. At the bottom, because rooms of all floors
 * tell it what happened; knows none of them. Run-time images may lack the recorder, and then nothing is told.
 */
@NullMarked
package io.filbert.internal.flightrecorder;

import org.jspecify.annotations.NullMarked;
