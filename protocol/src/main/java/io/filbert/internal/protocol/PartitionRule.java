// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

/** Which parameter of a request decides about the partition it is sent to. */
public enum PartitionRule {
    /** No partition: any member, or one the caller names. */
    NONE,
    /** The partition of the parameter that is the key. */
    KEY,
    /** The partition all keys of the request share; the caller has sorted them. */
    ANY_KEY,
    /** The partition of the structure's name. */
    NAME,
    /** A partition the caller names. */
    PARTITION_ID,
    /** The partition of the scheduled task's name. */
    TASK_NAME,
    /** The partition of the XA transaction's id. */
    XID,
    /** Any one partition, chosen once per proxy. */
    RANDOM,
    /** The partition of the key that the query cache keeps under the sequence. */
    KEY_WITH_SEQUENCE
}
