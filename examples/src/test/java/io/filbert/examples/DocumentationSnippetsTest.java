// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages for users quote programs that run, and their links lead somewhere. */
class DocumentationSnippetsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** The page on the testkit quotes a test of the testkit, TestingGuideTest, which compares it. */
    private static final Path PROVED_BY_TESTKIT = Path.of("docs", "testing.md");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");

    private static final String SOURCE =
            "class A {\n    // tag::one[]\n    int a;\n\n        int b;\n    // end::one[]\n}\n";

    @Test
    void pages_everyJavaBlock_equalsItsSource() throws IOException {
        SnippetCheck check = new SnippetCheck(Path.of("src/main/java"));
        for (Path page : pages()) {
            if (!page.endsWith(PROVED_BY_TESTKIT)) {
                check.page(page);
            }
        }

        assertThat(check.problems()).isEmpty();
        assertThat(check.checked()).as("Java blocks found").isGreaterThan(15);
    }

    @Test
    void pages_everyRelativeLink_leadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                String target = link.group(1);
                Path directory = page.toAbsolutePath().getParent();
                if (!target.contains("://") && directory != null && !Files.exists(directory.resolve(target))) {
                    broken.add(page.getFileName() + " -> " + target);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void check_equalBlock_isFine(@TempDir Path directory) throws IOException {
        assertThat(problems(directory, "<!-- snippet: A.java#one -->\n```java\nint a;\n\n    int b;\n```\n"))
                .isEmpty();
    }

    @Test
    void check_blockWithoutMarker_isAProblem(@TempDir Path directory) throws IOException {
        assertThat(problems(directory, "Text\n\n```java\nint a;\n```\n"))
                .containsExactly("page.md:3: no comment above the block says where it is quoted from");
    }

    @Test
    void check_differentLine_isAProblem(@TempDir Path directory) throws IOException {
        assertThat(problems(directory, "<!-- snippet: A.java#one -->\n```java\nint a;\n\n    int c;\n```\n"))
                .singleElement()
                .asString()
                .startsWith("page.md:2: the block differs from A.java#one");
    }

    @Test
    void check_unknownSourceOrTag_isAProblem(@TempDir Path directory) throws IOException {
        String page =
                "<!-- snippet: B.java#one -->\n```java\n```\n\n<!-- snippet: A.java#two -->\n\n  ```java\nint a;\n```\n";

        assertThat(problems(directory, page))
                .containsExactly("page.md:2: there is no B.java", "page.md:7: A.java has no region two");
    }

    private static List<String> problems(Path directory, String text) throws IOException {
        Files.writeString(directory.resolve("A.java"), SOURCE);
        Path page = Files.writeString(directory.resolve("page.md"), text);
        SnippetCheck check = new SnippetCheck(directory);
        check.page(page);
        return check.problems();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(
                List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("CHANGELOG.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }
}
