// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks of single steps, each beside the same step of the official client. Needs no member.
 */
@NullMarked
package io.filbert.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
