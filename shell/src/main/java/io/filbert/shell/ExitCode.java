// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

/** What the process tells the shell that started it. */
final class ExitCode {

    /** All went well. */
    static final int OK = 0;

    /** Something failed that no other code names. */
    static final int FAILED = 1;

    /** The options cannot be used: unknown ones, or a malformed address. */
    static final int USAGE = 2;

    /** No member could be reached. */
    static final int UNREACHABLE = 3;

    /** Members were reached and refused: another cluster name, or this client is not allowed. */
    static final int REFUSED = 4;

    private ExitCode() {}
}
