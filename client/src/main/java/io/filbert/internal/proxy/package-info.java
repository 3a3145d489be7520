// SPDX-License-Identifier: Apache-2.0
/**
 * What all proxies share: the registry of distributed objects this client uses, and the way from an object and its key to a call.
 * Each structure family has a package of its own below this one.
 */
@NullMarked
package io.filbert.internal.proxy;

import org.jspecify.annotations.NullMarked;
