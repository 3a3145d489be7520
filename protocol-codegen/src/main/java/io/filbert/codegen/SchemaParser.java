// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.Constant;
import io.filbert.codegen.Schema.Constants;
import io.filbert.codegen.Schema.CustomType;
import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Schema.Kind;
import io.filbert.codegen.Schema.Message;
import io.filbert.codegen.Schema.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads schema files line by line. The first word says what a line is; a line whose first word holds a colon continues
 * the fields of the line above; everything from {@code #} on is a remark. Not thread-safe; feed it every file, then ask
 * for the {@link #schema()}.
 */
public final class SchemaParser {
    private static final Pattern FIELD =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9]*):([^@=:]+)(?:@(\\d+(?:\\.\\d+)+)(?:=(\\S+))?)?");
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final String TESTS_ONLY = "tests-only";
    private static final Set<String> PARTITION_RULES =
            Set.of("none", "key", "any-key", "name", "partition-id", "task-name", "xid", "random", "key-with-sequence");

    private final List<Method> methods = new ArrayList<>();
    private final Map<String, CustomType> types = new LinkedHashMap<>();
    private final List<Constants> constants = new ArrayList<>();
    private final Map<String, Location> seen = new LinkedHashMap<>();

    private Location here = new Location("", 0);
    private String service = "";
    private int serviceId = -1;
    private boolean serviceShipped;
    private @Nullable MethodDraft method;
    private @Nullable TypeDraft type;
    private @Nullable ConstantsDraft constantGroup;
    private @Nullable FieldTarget fields;

    /** Reads one file. */
    public void parse(String file, List<String> lines) {
        service = "";
        for (int i = 0; i < lines.size(); i++) {
            here = new Location(file, i + 1);
            line(lines.get(i));
        }
        closeAll();
    }

    /** What all files said so far, with every type name checked. */
    public Schema schema() {
        for (Method each : methods) {
            checkTypes(each.request().fields());
            checkTypes(each.response().fields());
            each.events().forEach(event -> checkTypes(event.fields()));
        }
        types.values().forEach(each -> checkTypes(each.fields()));
        return new Schema(methods, types, constants);
    }

    private void line(String raw) {
        int hash = raw.indexOf('#');
        String remark = hash < 0 ? "" : raw.substring(hash + 1).strip();
        String text = (hash < 0 ? raw : raw.substring(0, hash)).strip();
        if (text.isEmpty()) {
            return;
        }
        String[] words = text.split("\\s+");
        ConstantsDraft group = constantGroup;
        if (group != null && Character.isWhitespace(raw.charAt(0))) {
            group.values.add(constant(group, words, remark));
        } else if (words[0].contains(":")) {
            addFields(words, 0);
        } else {
            statement(words);
        }
    }

    private void statement(String[] words) {
        switch (words[0]) {
            case "service" -> service(words);
            case "method" -> method(words);
            case "request" -> message(Kind.REQUEST, words);
            case "response" -> message(Kind.RESPONSE, words);
            case "event" -> message(Kind.EVENT, words);
            case "type" -> type(words);
            case "constants" -> constants(words);
            default ->
                throw problem(
                        "unknown word \"" + words[0]
                                + "\"; a line starts with service, method, request, response, event, type, constants or a field");
        }
    }

    private void service(String[] words) {
        closeAll();
        serviceShipped = words.length != 4 || !words[3].equals(TESTS_ONLY);
        expectWords(words, serviceShipped ? 3 : 4, "service NAME ID [" + TESTS_ONLY + "]");
        service = identifier(words[1]);
        serviceId = id(words[2]);
    }

    private void method(String[] words) {
        closeAll();
        if (service.isEmpty()) {
            throw problem("a method needs a service line above it");
        }
        if (words.length < 5 || !words[3].equals("since")) {
            throw problem("expected: method NAME ID since VERSION [retryable] [partition RULE] [tests-only]");
        }
        MethodDraft draft = new MethodDraft(here, identifier(words[1]), id(words[2]), version(words[4]));
        for (int i = 5; i < words.length; i++) {
            if (words[i].equals("retryable")) {
                draft.retryable = true;
            } else if (words[i].equals(TESTS_ONLY)) {
                draft.shipped = false;
            } else if (words[i].equals("partition") && i + 1 < words.length) {
                draft.partitionRule = words[++i];
                if (!PARTITION_RULES.contains(draft.partitionRule)) {
                    throw problem("unknown partition rule \"" + draft.partitionRule + "\"");
                }
            } else {
                throw problem("unknown method attribute \"" + words[i] + "\"");
            }
        }
        once("method id " + service + " " + draft.id);
        once("method " + service + "." + draft.name);
        method = draft;
    }

    private void message(Kind kind, String[] words) {
        MethodDraft owner = method;
        if (owner == null) {
            throw problem(words[0] + " needs a method line above it");
        }
        int next = 1;
        String name = "";
        String since = owner.since;
        if (kind == Kind.EVENT) {
            if (words.length < 2 || words[1].contains(":")) {
                throw problem("expected: event NAME [since VERSION] FIELDS");
            }
            name = identifier(words[1]);
            next = 2;
            if (words.length > 3 && words[2].equals("since")) {
                since = version(words[3]);
                next = 4;
            }
        }
        int number = kind == Kind.REQUEST ? 0 : kind == Kind.RESPONSE ? 1 : 2 + owner.eventCount();
        int messageType = serviceId << 16 | owner.id << 8 | number;
        MessageDraft draft = new MessageDraft(here, kind, messageType, name, since);
        owner.add(draft);
        fields = draft;
        addFields(words, next);
    }

    private void type(String[] words) {
        closeAll();
        if (words.length < 4 || !words[2].equals("since")) {
            throw problem("expected: type NAME since VERSION [FIELDS]");
        }
        TypeDraft draft = new TypeDraft(here, identifier(words[1]), version(words[3]));
        once("type " + draft.name);
        type = draft;
        fields = draft;
        addFields(words, 4);
    }

    private void constants(String[] words) {
        closeAll();
        expectWords(words, 3, "constants NAME byte|int|String");
        if (!List.of("byte", "int", "String").contains(words[2])) {
            throw problem("constants are byte, int or String, not " + words[2]);
        }
        ConstantsDraft draft = new ConstantsDraft(here, identifier(words[1]), words[2]);
        once("type " + draft.name);
        constantGroup = draft;
    }

    private Constant constant(ConstantsDraft group, String[] words, String remark) {
        expectWords(words, 2, "NAME VALUE");
        if (!group.javaType.equals("String")) {
            try {
                Integer.decode(words[1]);
            } catch (NumberFormatException e) {
                throw problem("\"" + words[1] + "\" is not a number");
            }
        }
        return new Constant(identifier(words[0]), words[1], remark);
    }

    private void addFields(String[] words, int from) {
        FieldTarget target = fields;
        if (target == null) {
            throw problem("a field needs a request, response, event or type line above it");
        }
        for (int i = from; i < words.length; i++) {
            Field field = field(words[i], target.since());
            if (target.fields().stream().anyMatch(other -> other.name().equals(field.name()))) {
                throw problem("field \"" + field.name() + "\" is there twice");
            }
            checkOrder(target.fields(), field);
            target.fields().add(field);
        }
    }

    private Field field(String word, String ownerSince) {
        Matcher matcher = FIELD.matcher(word);
        if (!matcher.matches()) {
            throw problem("\"" + word + "\" is not NAME:TYPE[@VERSION[=DEFAULT]]");
        }
        Type fieldType = TypeParser.parse(matcher.group(2), here);
        if (fieldType.nullable() && fieldType.fixedSize() && !fieldType.name().equals("UUID")) {
            throw problem(fieldType.required() + " has no null form on the wire");
        }
        boolean added = matcher.group(3) != null;
        @Nullable String defaultValue = matcher.group(4);
        if (added && compareVersions(matcher.group(3), ownerSince) <= 0) {
            throw problem("field \"" + matcher.group(1) + "\" is not newer than its owner (" + ownerSince + ")");
        }
        if (added && defaultValue == null) {
            if (!fieldType.nullable()) {
                throw problem("field \"" + matcher.group(1) + "\" needs a default for older peers");
            }
            defaultValue = "null";
        }
        return new Field(
                here,
                matcher.group(1),
                fieldType,
                added ? matcher.group(3) : ownerSince,
                added,
                defaultValue == null ? "" : defaultValue);
    }

    /** Growth only appends: among fixed-size fields and among variable-size ones, versions never go down. */
    private void checkOrder(List<Field> before, Field field) {
        for (Field other : before) {
            if (other.type().fixedSize() == field.type().fixedSize()
                    && compareVersions(other.since(), field.since()) > 0) {
                throw problem("field \"" + field.name() + "\" is older than \"" + other.name()
                        + "\" before it; new fields are appended");
            }
        }
    }

    private void checkTypes(List<Field> toCheck) {
        for (Field field : toCheck) {
            here = field.location();
            checkType(field.type());
        }
    }

    private void checkType(Type toCheck) {
        toCheck.arguments().forEach(this::checkType);
        boolean known = toCheck.fixedSize()
                || !toCheck.arguments().isEmpty()
                || toCheck.oneFrame()
                || toCheck.name().equals(Layout.SQL_PAGE)
                || types.containsKey(toCheck.name());
        if (!known) {
            throw problem("unknown type \"" + toCheck.name() + "\"");
        }
    }

    private void closeAll() {
        MethodDraft openMethod = method;
        if (openMethod != null) {
            methods.add(openMethod.finish());
        }
        TypeDraft openType = type;
        if (openType != null) {
            types.put(openType.name, openType.finish());
        }
        ConstantsDraft openGroup = constantGroup;
        if (openGroup != null) {
            constants.add(openGroup.finish());
        }
        method = null;
        type = null;
        constantGroup = null;
        fields = null;
    }

    private void once(String what) {
        Location first = seen.putIfAbsent(what, here);
        if (first != null) {
            throw problem(what + " is already defined at " + first);
        }
    }

    private void expectWords(String[] words, int count, String shape) {
        if (words.length != count) {
            throw problem("expected: " + shape);
        }
    }

    private String identifier(String word) {
        if (!IDENTIFIER.matcher(word).matches()) {
            throw problem("\"" + word + "\" is not a name");
        }
        return word;
    }

    private String version(String word) {
        if (!VERSION.matcher(word).matches()) {
            throw problem("\"" + word + "\" is not a version");
        }
        return word;
    }

    private int id(String word) {
        try {
            int value = Integer.decode(word);
            if (value >= 0 && value <= 255) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw problem("\"" + word + "\" is not a number");
        }
        throw problem("id " + word + " does not fit in one byte");
    }

    private SchemaException problem(String what) {
        return new SchemaException(here, what);
    }

    /** Orders versions by number, part by part. */
    public static int compareVersions(String left, String right) {
        int[] a = Arrays.stream(left.split("\\.")).mapToInt(Integer::parseInt).toArray();
        int[] b = Arrays.stream(right.split("\\.")).mapToInt(Integer::parseInt).toArray();
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int order = Integer.compare(i < a.length ? a[i] : 0, i < b.length ? b[i] : 0);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private interface FieldTarget {
        List<Field> fields();

        String since();
    }

    private record MessageDraft(
            Location location, Kind kind, int messageType, String name, String since, List<Field> fields)
            implements FieldTarget {
        MessageDraft(Location location, Kind kind, int messageType, String name, String since) {
            this(location, kind, messageType, name, since, new ArrayList<>());
        }

        Message finish() {
            return new Message(location, kind, messageType, name, since, fields);
        }
    }

    private record TypeDraft(Location location, String name, String since, List<Field> fields) implements FieldTarget {
        TypeDraft(Location location, String name, String since) {
            this(location, name, since, new ArrayList<>());
        }

        CustomType finish() {
            return new CustomType(location, name, since, fields);
        }
    }

    private record ConstantsDraft(Location location, String name, String javaType, List<Constant> values) {
        ConstantsDraft(Location location, String name, String javaType) {
            this(location, name, javaType, new ArrayList<>());
        }

        Constants finish() {
            return new Constants(location, name, javaType, values);
        }
    }

    private final class MethodDraft {
        private final Location location;
        private final String name;
        private final int id;
        private final String since;
        private final List<MessageDraft> messages = new ArrayList<>();
        private boolean retryable;
        private boolean shipped = serviceShipped;
        private String partitionRule = "none";

        MethodDraft(Location location, String name, int id, String since) {
            this.location = location;
            this.name = name;
            this.id = id;
            this.since = since;
        }

        int eventCount() {
            return Math.max(0, messages.size() - 2);
        }

        void add(MessageDraft message) {
            Kind expected = messages.isEmpty() ? Kind.REQUEST : messages.size() == 1 ? Kind.RESPONSE : Kind.EVENT;
            if (message.kind != expected) {
                throw problem("a method has one request, then one response, then its events; expected "
                        + expected.name().toLowerCase(java.util.Locale.ROOT));
            }
            messages.add(message);
        }

        Method finish() {
            if (messages.size() < 2) {
                throw new SchemaException(location, "method " + name + " needs a request and a response");
            }
            return new Method(
                    location,
                    service,
                    serviceId,
                    name,
                    id,
                    since,
                    retryable,
                    shipped,
                    partitionRule,
                    messages.get(0).finish(),
                    messages.get(1).finish(),
                    messages.subList(2, messages.size()).stream()
                            .map(MessageDraft::finish)
                            .toList());
        }
    }
}
