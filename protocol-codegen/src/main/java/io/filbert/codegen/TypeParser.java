// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import java.util.ArrayList;
import java.util.List;

/** Reads one type expression such as {@code Entries<UUID,int[]>?}. */
final class TypeParser {
    private final String text;
    private final Location location;
    private int position;

    private TypeParser(String text, Location location) {
        this.text = text;
        this.location = location;
    }

    static Type parse(String text, Location location) {
        TypeParser parser = new TypeParser(text, location);
        Type type = parser.type();
        if (parser.position != text.length()) {
            throw parser.problem("unexpected '" + text.charAt(parser.position) + "'");
        }
        return type;
    }

    private Type type() {
        int start = position;
        while (position < text.length() && Character.isLetterOrDigit(text.charAt(position))) {
            position++;
        }
        if (start == position) {
            throw problem("a type name is missing");
        }
        String name = text.substring(start, position);
        if (text.startsWith("[]", position)) {
            position += 2;
            name += "[]";
        }
        List<Type> arguments = new ArrayList<>();
        if (take('<')) {
            do {
                arguments.add(type());
            } while (take(','));
            if (!take('>')) {
                throw problem("'>' is missing");
            }
        }
        check(name, arguments);
        return new Type(name, arguments, take('?'));
    }

    private void check(String name, List<Type> arguments) {
        int expected = switch (name) {
            case "List", "Set" -> 1;
            case "Map", "Entries" -> 2;
            default -> 0;
        };
        if (arguments.size() != expected) {
            throw problem(name + " takes " + expected + " type arguments, not " + arguments.size());
        }
        if (name.endsWith("[]")
                && !List.of("byte[]", "int[]", "long[]", "float[]").contains(name)) {
            throw problem("there is no array type " + name);
        }
        for (Type argument : arguments) {
            if (argument.nullable() && !(name.equals("List") && !argument.fixedSize())) {
                throw problem("only lists of variable-size items may hold nulls");
            }
        }
        if (name.equals("Set") && !arguments.get(0).name().equals("UUID")) {
            throw problem("only Set<UUID> exists");
        }
        if (name.equals("List")
                && arguments.get(0).fixedSize()
                && !arguments.get(0).name().equals("UUID")) {
            throw problem("write " + arguments.get(0) + "[] for a list of " + arguments.get(0));
        }
        if (name.equals("Map") && arguments.get(0).fixedSize()) {
            throw problem("map keys must be of variable size");
        }
    }

    private boolean take(char expected) {
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    private SchemaException problem(String what) {
        return new SchemaException(location, what + " in type \"" + text + "\"");
    }
}
