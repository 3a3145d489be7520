// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

/**
 * What has arrived of a message that is not whole yet.
 *
 * @param bytes how much is there; 0 if the last message was whole
 * @param announced how long the message will at least be
 * @param holdsSought whether the bytes that were asked for are among those that are there
 * @param skipped whether it is skipped because it is too long to be read; then nothing is sought in it
 */
public record UnfinishedMessage(long bytes, long announced, boolean holdsSought, boolean skipped) {}
