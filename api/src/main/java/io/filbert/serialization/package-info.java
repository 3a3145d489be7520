// SPDX-License-Identifier: Apache-2.0
/**
 * What a program implements or calls to have its own classes stored in the cluster: compact serializers, identified and
 * portable classes, custom serializers, JSON values, and the streams they are written to and read from. Contracts only: the
 * bytes behind them are the business of the serialization floor, and nothing here may know them.
 */
@NullMarked
package io.filbert.serialization;

import org.jspecify.annotations.NullMarked;
