// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The table of all options for the documentation, made from the methods of the configuration's builder and their Javadoc, so
 * that it cannot say anything else than they do.
 */
final class OptionTable {

    /** The options of Hazelcast's Python client, by whose names many users know them. */
    private static final Set<String> PYTHON_NAMES =
            new LinkedHashSet<>(List.of(("cluster_members cluster_name client_name"
                            + " connection_timeout socket_options redo_operation smart_routing ssl_enabled ssl_cafile ssl_certfile"
                            + " ssl_keyfile ssl_password ssl_protocol ssl_ciphers ssl_check_hostname cloud_discovery_token"
                            + " async_start reconnect_mode retry_initial_backoff retry_max_backoff retry_jitter retry_multiplier"
                            + " cluster_connect_timeout portable_version data_serializable_factories portable_factories"
                            + " compact_serializers class_definitions check_class_definition_errors is_big_endian"
                            + " global_serializer custom_serializers near_caches load_balancer membership_listeners"
                            + " lifecycle_listeners flake_id_generators reliable_topics labels heartbeat_interval"
                            + " heartbeat_timeout invocation_timeout invocation_retry_pause statistics_enabled"
                            + " statistics_period shuffle_member_list backup_ack_to_client_enabled operation_backup_timeout"
                            + " fail_on_indeterminate_operation_state creds_username creds_password token_provider"
                            + " use_public_ip")
                    .split(" ")));

    /** Options that the Python client does not have. */
    private static final Set<String> OURS = Set.of(
            "addressTranslator",
            "callbackExecutor",
            "classLoader",
            "cloudDiscoveryUrl",
            "compactClasses",
            "compactTypeFilter",
            "customCredentials",
            "daemonThreads",
            "failoverCluster",
            "failoverTryCount",
            "ioThreads",
            "javaSerializationAllowed",
            "javaSerializationFilter",
            "maxDecompressedBytes",
            "maxInFlight",
            "maxInFlightBytes",
            "maxMessageBytes",
            "partitioningStrategy",
            "serializableAsCompact",
            "tls",
            "tls.serverName",
            "tls.sslContext");

    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(code|link|literal)\\s+([^}]*)}");
    private static final Pattern DEFAULT =
            Pattern.compile("Default(, also for \"\")?: (.*?)(\\.(?= [A-Z])|\\.$)( .*)?$");

    /** Its nested builder has options that the configuration has too, described there. */
    private static final String OTHER_CLUSTER = "failoverCluster";

    /** Where the source of a nested builder is, beside that of the configuration, and how its options are written. */
    private static final Map<String, String> NESTED =
            Map.of("tls", "TlsConfig.java", OTHER_CLUSTER, "ClusterConfig.java");

    private final List<String> rows = new ArrayList<>();
    private final Set<String> optionsOfOtherCluster = new LinkedHashSet<>();
    private final Set<String> pythonNamesSeen = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    private OptionTable() {}

    /** The table in Markdown, and below it what the Python client has besides. */
    static String of(Path clientConfigSource) throws IOException {
        OptionTable table = new OptionTable();
        table.read(clientConfigSource, "");
        if (!table.problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", table.problems));
        }
        return table.markdown();
    }

    /** @param nested the option whose builder it is, empty for the configuration itself */
    private void read(Path source, String nested) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                for (String name : read(unit, trees, nested)) {
                    read(source.resolveSibling(NESTED.get(name)), name);
                }
            }
        }
    }

    /** Makes the rows and names the options that have a builder of their own. */
    private Set<String> read(CompilationUnitTree unit, DocTrees trees, String nested) {
        Set<String> builders = new LinkedHashSet<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                TreePath path = getCurrentPath();
                if (path.getParentPath().getLeaf() instanceof ClassTree owner
                        && owner.getSimpleName().contentEquals("Builder")
                        && String.valueOf(method.getReturnType()).equals("Builder")) {
                    if (nested.equals(OTHER_CLUSTER)) {
                        optionsOfOtherCluster.add("`" + method.getName() + "`");
                    } else {
                        option(method, nested, String.valueOf(trees.getDocComment(path)));
                    }
                    if (nested.isEmpty() && NESTED.containsKey(method.getName().toString())) {
                        builders.add(method.getName().toString());
                    }
                }
                return super.visitMethod(method, null);
            }
        }.scan(unit, null);
        return builders;
    }

    private void option(MethodTree method, String nested, String javadoc) {
        String name = (nested.isEmpty() ? "" : nested + ".") + method.getName();
        String text = plain(javadoc);
        if (text.startsWith("As `") || name.equals("socketOptions")) {
            return; // another way to give an option that has its row
        }
        Matcher byDefault = DEFAULT.matcher(text);
        if (!byDefault.find()) {
            problems.add("The Javadoc of " + name + " does not tell its default: " + text);
            return;
        }
        String rest = byDefault.group(4) == null ? "" : byDefault.group(4);
        String effect = text.substring(0, byDefault.start()).strip() + rest;
        String parameters = method.getParameters().stream()
                .map(parameter -> parameter.getType().toString().replaceAll("\\w+\\.", ""))
                .map(type -> method.getParameters().size() == 1 && isVarargs(method) ? type.replace("[]", "...") : type)
                .collect(Collectors.joining(", "));
        String call = method.getName() + "(" + parameters + ")";
        rows.add("| `" + (nested.isEmpty() ? call : nested + "(t -> t." + call + ")") + "` | " + byDefault.group(2)
                + " | " + effect + " | " + pythonName(name) + " |");
    }

    private static boolean isVarargs(MethodTree method) {
        return method.getParameters().get(0).toString().contains("...");
    }

    private String pythonName(String name) {
        if (OURS.contains(name)) {
            return "";
        }
        String python = switch (name) {
            case "isBigEndian" -> "is_big_endian";
            case "socketOption" -> "socket_options";
            case "customSerializer" -> "custom_serializers";
            case "tls.caFile" -> "ssl_cafile";
            case "tls.certificateFile" -> "ssl_certfile";
            case "tls.checkHostname" -> "ssl_check_hostname";
            case "tls.ciphers" -> "ssl_ciphers";
            case "tls.enabled" -> "ssl_enabled";
            case "tls.keyFile" -> "ssl_keyfile";
            case "tls.password" -> "ssl_password";
            case "tls.protocol" -> "ssl_protocol";
            default -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        };
        if (!PYTHON_NAMES.contains(python)) {
            problems.add("Option " + name + " is neither one of the Python client nor listed as ours");
        }
        pythonNamesSeen.add(python);
        return "`" + python + "`";
    }

    private String markdown() {
        String missing = PYTHON_NAMES.stream()
                .filter(name -> !pythonNamesSeen.contains(name))
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
        return "| option | default | effect | Python client |\n|---|---|---|---|\n" + String.join("\n", rows) + "\n\n"
                + (optionsOfOtherCluster.isEmpty()
                        ? ""
                        : "The builder of `failoverCluster(f -> …)` has these options, which do for that cluster what they do for the"
                                + " client, with the same defaults; only its members, or its token, must be given: "
                                + String.join(", ", optionsOfOtherCluster) + ".\n\n")
                + "The Python client has further options, which Filbert does not have yet: " + missing
                + ". Its `default_int_type` has no counterpart: integers of Java have types of different widths.\n";
    }

    /** The first paragraph, on one line, with code in backticks. */
    private static String plain(String javadoc) {
        String paragraph = javadoc.strip().split("\\n\\s*(<p>|@)", 2)[0];
        String oneLine = paragraph.replaceAll("\\s+", " ").strip();
        return INLINE_TAG
                .matcher(oneLine)
                .replaceAll(tag -> Matcher.quoteReplacement(
                        "`" + tag.group(2).replaceFirst("^#", "").replace('#', '.') + "`"));
    }
}
