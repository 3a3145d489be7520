// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.StringJoiner;

/**
 * Main class of a member's process. It starts the member and then answers the questions of the JVM that launched it:
 * requests are lines {@code <number> <question>} on standard input, answers {@code <number> <answer>} on standard output;
 * everything the member prints goes to standard error. The end of standard input means that the launching JVM is gone,
 * however it died, so the process ends too.
 *
 * <p>It runs with nothing but the member's jar on its class path and is copied there as one class file: it must use no
 * other class of this module, and the member's classes only by reflection.
 */
final class MemberMain {

    private final Object instance;
    private final PrintStream answers;

    private MemberMain(Object instance, PrintStream answers) {
        this.instance = instance;
        this.answers = answers;
    }

    public static void main(String[] args) {
        PrintStream answers = System.out;
        System.setOut(System.err);
        try {
            Object instance = Class.forName("com.hazelcast.core.Hazelcast")
                    .getMethod("newHazelcastInstance")
                    .invoke(null);
            new MemberMain(instance, answers).serve();
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }

    private void serve() throws IOException, ReflectiveOperationException {
        answer("0", answerTo("uuid"));
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            int space = line.indexOf(' ');
            answer(line.substring(0, space), answerTo(line.substring(space + 1)));
        }
    }

    private void answer(String number, String text) {
        answers.println(number + " " + text);
        answers.flush();
    }

    private String answerTo(String question) throws ReflectiveOperationException {
        return switch (question) {
            case "uuid" -> uuid(call(call(call(instance, "getCluster"), "getLocalMember"), "getUuid"));
            case "members" -> uuids(call(call(instance, "getCluster"), "getMembers"));
            case "clients" -> uuids(call(call(instance, "getClientService"), "getConnectedClients"));
            case "safe" -> String.valueOf(call(call(instance, "getPartitionService"), "isClusterSafe"));
            case "shutdown" -> {
                call(instance, "shutdown");
                yield "done";
            }
            default -> "unknown question";
        };
    }

    private static String uuids(Object members) throws ReflectiveOperationException {
        StringJoiner joined = new StringJoiner(",");
        for (Object member : (Collection<?>) members) {
            joined.add(uuid(call(member, "getUuid")));
        }
        return joined.toString();
    }

    private static String uuid(Object value) {
        return String.valueOf(value);
    }

    /** Calls through the public interface that declares the method: the implementing classes need not be public. */
    private static Object call(Object target, String method) throws ReflectiveOperationException {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> contract : type.getInterfaces()) {
                try {
                    return contract.getMethod(method).invoke(target);
                } catch (NoSuchMethodException e) {
                    // Another interface declares it.
                }
            }
        }
        throw new NoSuchMethodException(target.getClass() + "." + method);
    }
}
