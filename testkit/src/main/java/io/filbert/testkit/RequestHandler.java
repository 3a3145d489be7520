// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

/** Answers requests of one type in place of a {@link ScriptedMember}'s built-in behaviour. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Called on the connection's reading thread, so the connection's next request waits until it returns. To answer later,
     * keep the reply, or use {@link ScriptedMember#hold}. Doing nothing leaves the request unanswered for ever.
     *
     * @throws Exception to answer with an error of code 0 that carries the exception's class and message
     */
    void handle(ScriptedRequest request, Reply reply) throws Exception;
}
