// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.discovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON that is an array of objects, and of these objects the fields that are texts. Other fields may hold what they like, as
 * long as it is JSON. Strict: what the standard (RFC 8259) does not allow is an error. Not thread-safe, used once.
 */
final class FlatJson {

    /** Deeper is hostile: each level costs stack. */
    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /**
     * The text fields of each object.
     *
     * @throws IOException saying what is wrong, and where
     */
    static List<Map<String, String>> objects(String text) throws IOException {
        FlatJson json = new FlatJson(text);
        List<Map<String, String>> objects = new ArrayList<>();
        json.expect('[', "an array");
        if (!json.found(']')) {
            do {
                objects.add(json.object(1));
            } while (json.more(']'));
        }
        if (json.peek() != END) {
            throw json.wrong("nothing more");
        }
        return objects;
    }

    private static final char END = '\uFFFF';

    /** The next character that is no white space, not consumed. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }

    private boolean found(char wanted) {
        boolean found = peek() == wanted;
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(char wanted, String what) throws IOException {
        if (!found(wanted)) {
            throw wrong(what);
        }
    }

    /** Behind one element: whether another one follows. */
    private boolean more(char close) throws IOException {
        if (found(',')) {
            return true;
        }
        expect(close, "',' or '" + close + "'");
        return false;
    }

    private IOException wrong(String wanted) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "its end";
        return new IOException("its answer is not the JSON that was expected: at character " + at + " is " + found
                + " instead of " + wanted);
    }

    private Map<String, String> object(int depth) throws IOException {
        expect('{', "an object");
        Map<String, String> fields = new HashMap<>();
        if (found('}')) {
            return fields;
        }
        do {
            if (peek() != '"') {
                throw wrong("the name of a field");
            }
            String name = string();
            expect(':', "':'");
            if (peek() == '"') {
                fields.put(name, string());
            } else {
                skip(depth);
            }
        } while (more('}'));
        return fields;
    }

    private void skip(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " levels");
        }
        char first = peek();
        if (first == '"') {
            string();
        } else if (first == '{') {
            object(depth + 1);
        } else if (first == '[') {
            at++;
            if (!found(']')) {
                do {
                    skip(depth + 1);
                } while (more(']'));
            }
        } else if (!word("true") && !word("false") && !word("null")) {
            number();
        }
    }

    private boolean word(String word) {
        boolean found = text.startsWith(word, at);
        if (found) {
            at += word.length();
        }
        return found;
    }

    private void number() throws IOException {
        word("-");
        if (!word("0")) {
            digits();
        }
        if (word(".")) {
            digits();
        }
        if (word("e") || word("E")) {
            if (!word("+")) {
                word("-");
            }
            digits();
        }
    }

    private void digits() throws IOException {
        int begin = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == begin) {
            throw wrong("a value");
        }
    }

    private String string() throws IOException {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            if (at >= text.length() || text.charAt(at) < ' ') {
                throw wrong("the end of a text");
            }
            char next = text.charAt(at++);
            if (next == '"') {
                return value.toString();
            }
            value.append(next == '\\' ? escaped() : next);
        }
    }

    private char escaped() throws IOException {
        char kind = at < text.length() ? text.charAt(at) : END;
        int simple = "\"\\/bfnrt".indexOf(kind);
        if (simple >= 0) {
            at++;
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        if (kind != 'u') {
            throw wrong("an escape");
        }
        int code = 0;
        for (int i = 1; i <= 4; i++) {
            int digit = at + i < text.length() ? hex(text.charAt(at + i)) : -1;
            if (digit < 0) {
                throw wrong("an escape of four digits");
            }
            code = code * 16 + digit;
        }
        at += 5;
        return (char) code;
    }

    /** Of the digits of ASCII only, which {@link Character#digit} alone would not say. */
    private static int hex(char digit) {
        return digit < 128 ? Character.digit(digit, 16) : -1;
    }
}
