// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

/**
 * One field of a {@link ClassDefinition}.
 *
 * @param index its position in the class definition
 * @param name its name, unique in the class definition
 * @param type what it holds
 * @param factoryId of the nested class, if it holds nested objects; else 0
 * @param classId of the nested class, if it holds nested objects; else 0
 * @param version of the nested class, if it holds nested objects; else that of the class definition
 */
public record FieldDefinition(int index, String name, FieldType type, int factoryId, int classId, int version) {}
