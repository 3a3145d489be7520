// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

/**
 * How objects become bytes. Made by {@link ClientConfig.Builder}, where each option is explained.
 *
 * @param bigEndian whether numbers in serialized objects have their high byte first
 */
public record SerializationConfig(boolean bigEndian) {}
