// SPDX-License-Identifier: Apache-2.0
/** What the integration tests share: real members, clients under watch, and a reader of log lines. Knows nothing of single structures. */
@NullMarked
package io.filbert.it.support;

import org.jspecify.annotations.NullMarked;
