// SPDX-License-Identifier: Apache-2.0
/** Everything that can go wrong with members and networks, one thing at a time, under a load whose every call is recorded. */
@NullMarked
package io.filbert.it.faults;

import org.jspecify.annotations.NullMarked;
