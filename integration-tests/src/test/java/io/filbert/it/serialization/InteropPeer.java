// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

/** A client of some make that knows the values of all cases. Each has its own idea of them; they meet in the members only. */
interface InteropPeer extends AutoCloseable {

    /** What {@link #check} and {@link #checkKey} answer if all is well. */
    String OK = "ok";

    /** Whether it has something that it writes in the form of the case; all peers read all cases. */
    default boolean writes(InteropCase which) {
        return true;
    }

    /** Stores the value of the case under the case's name. */
    void put(String map, InteropCase which);

    /** Compares what is stored under the case's name with its value; {@link #OK}, or what is different. */
    String check(String map, InteropCase which);

    /** Stores the case's name with the value of the case as the key. */
    void putKey(String map, InteropCase which);

    /** Looks up the value of the case as a key, which members compare byte by byte; {@link #OK}, or what is different. */
    String checkKey(String map, InteropCase which);

    @Override
    void close();
}
