// SPDX-License-Identifier: Apache-2.0
/**
 * What every room of the client stands on: the threads that run callbacks, ordered delivery to one listener, and log lines
 * that say which client they come from. Knows nothing of clusters.
 */
@NullMarked
package io.filbert.internal.runtime;

import org.jspecify.annotations.NullMarked;
