// SPDX-License-Identifier: Apache-2.0
/**
 * What the client regularly tells its cluster about itself, for those who look at the cluster: who it is, its near caches, the machine
 * and process it runs in. Reads what other rooms count; knows no structure, and counts nothing itself.
 */
@NullMarked
package io.filbert.internal.statistics;

import org.jspecify.annotations.NullMarked;
