// SPDX-License-Identifier: Apache-2.0
/** Messages from anybody to everybody who listens at that moment. */
@NullMarked
package io.filbert.topic;

import org.jspecify.annotations.NullMarked;
