// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.config.ClusterConfig;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/configuration.md} says what the builder says. With the system property {@code filbert.docs.write} set to true
 * the test writes the table into the page instead of comparing it; CONTRIBUTING.md has the whole command.
 */
class OptionTableTest {

    private static final Path SOURCE = Path.of("../api/src/main/java/io/filbert/config/ClientConfig.java");
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String BEGIN = "<!-- options: begin, generated -->\n";
    private static final String END = "<!-- options: end -->";

    @Test
    void page_table_isThatOfTheBuilder() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN, END);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String table = OptionTable.of(SOURCE);
        if (Boolean.getBoolean("filbert.docs.write")) {
            page = page.substring(0, begin) + table + page.substring(end);
            Files.writeString(PAGE, page);
            end = page.indexOf(END);
        }

        assertThat(page.substring(begin, end))
                .as("docs/configuration.md is stale; CONTRIBUTING.md tells how to write it anew")
                .isEqualTo(table);
    }

    @Test
    void table_everyBuilderMethod_isNamed() throws IOException {
        String table = OptionTable.of(SOURCE);

        assertThat(Arrays.stream(ClientConfig.Builder.class.getMethods())
                        .filter(method -> method.getReturnType() == ClientConfig.Builder.class)
                        .map(Method::getName)
                        .filter(name -> !name.equals("socketOptions"))) // the plural of socketOption
                .isNotEmpty()
                .allSatisfy(name -> assertThat(table).contains("| `" + name + "("));
    }

    @Test
    void table_optionsOfAnotherCluster_areListedBelow() throws IOException {
        String below = OptionTable.of(SOURCE)
                .lines()
                .filter(line -> line.startsWith("The builder of `failoverCluster("))
                .findFirst()
                .orElseThrow();

        assertThat(Arrays.stream(ClusterConfig.Builder.class.getMethods())
                        .filter(method -> method.getReturnType() == ClusterConfig.Builder.class)
                        .map(Method::getName))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(below).contains("`" + name + "`"));
    }

    @Test
    void table_undocumentedDefault_isRefused(@TempDir Path directory) throws IOException {
        Path source = source(directory, "/** Sets it. */ public Builder clusterName(String name) { return this; }");

        assertThatThrownBy(() -> OptionTable.of(source)).hasMessageContaining("clusterName does not tell its default");
    }

    @Test
    void table_unknownOption_isRefused(@TempDir Path directory) throws IOException {
        Path source = source(directory, "/** Sets it. Default: 1. */ public Builder surprise(int x) { return this; }");

        assertThatThrownBy(() -> OptionTable.of(source)).hasMessageContaining("surprise is neither");
    }

    @Test
    void table_documentedOption_becomesARow(@TempDir Path directory) throws IOException {
        Path source = source(
                directory,
                "/** Sets {@code x},\n * see {@link #y}. Default: {@code 1.5}. At most 2.\n *\n * <p>More. */"
                        + " public Builder labels(String... x) { return this; }");

        assertThat(OptionTable.of(source))
                .contains("| `labels(String...)` | `1.5` | Sets `x`, see `y`. At most 2. | `labels` |\n");
    }

    private static Path source(Path directory, String method) throws IOException {
        return Files.writeString(
                directory.resolve("ClientConfig.java"),
                "class ClientConfig { static class Builder { " + method + " } }");
    }
}
