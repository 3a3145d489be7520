// SPDX-License-Identifier: Apache-2.0
/** Our side of topics. Knows calls and listeners, but no connection. */
@NullMarked
package io.filbert.internal.proxy.topic;

import org.jspecify.annotations.NullMarked;
