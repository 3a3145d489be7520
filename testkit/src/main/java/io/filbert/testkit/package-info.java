// SPDX-License-Identifier: Apache-2.0
/**
 * What tests of a Hazelcast client need: real members in processes of their own ({@code HazelcastCluster}), a proxy that
 * misbehaves on demand ({@code FaultProxy}), a member that follows a script ({@code ScriptedMember}) and a check that
 * nothing is left behind ({@code LeakCheck}). This package knows the protocol but no client: whatever speaks to a member
 * can be tested with it.
 */
@NullMarked
package io.filbert.testkit;

import org.jspecify.annotations.NullMarked;
