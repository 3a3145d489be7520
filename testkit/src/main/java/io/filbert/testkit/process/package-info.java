// SPDX-License-Identifier: Apache-2.0
/** Processes that this JVM starts and must not leave behind. Knows neither members nor clients. Not exported. */
@NullMarked
package io.filbert.testkit.process;

import org.jspecify.annotations.NullMarked;
