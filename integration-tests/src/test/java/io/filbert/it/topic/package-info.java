// SPDX-License-Identifier: Apache-2.0
/** Tests of topics and of what all listeners have in common: registrations that survive, order, gaps. */
@NullMarked
package io.filbert.it.topic;

import org.jspecify.annotations.NullMarked;
