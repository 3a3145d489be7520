// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import io.filbert.cluster.Member;
import io.filbert.cluster.MemberVersion;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.query.Predicate;
import io.filbert.query.Predicates;
import java.util.List;
import java.util.Map;

/** Records as values, stored and queried by field without a line of configuration. */
final class CompactShow {

    private static final MemberVersion FIRST_WITH_COMPACT = new MemberVersion(5, 2, 0);

    /** A value in compact form: its components are the fields. */
    record Book(String title, String author, int year) {}

    private final Screen screen;
    private final Stage stage;
    private final List<Member> members;

    CompactShow(Screen screen, Stage stage) {
        this.screen = screen;
        this.stage = stage;
        this.members = stage.client().clusterService().members();
    }

    void run() {
        screen.heading("Records, queried by field");
        if (members.stream().anyMatch(member -> member.version().compareTo(FIRST_WITH_COMPACT) < 0)) {
            screen.line("Members before " + FIRST_WITH_COMPACT + " do not know the compact form; left out.");
            return;
        }
        BlockingDistributedMap<Integer, Book> books =
                stage.<Integer, Book>map("books").blocking();
        books.putAll(Map.of(
                1, new Book("The Left Hand of Darkness", "Le Guin", 1969),
                2, new Book("The Dispossessed", "Le Guin", 1974),
                3, new Book("Solaris", "Lem", 1961)));
        ask(books, Predicates.equal("author", "Le Guin"), 2);
        ask(books, Predicates.lessOrEqual("year", 1970), 2);
        ask(books, Predicates.sql("author = 'Le Guin' AND year < 1970"), 1);
    }

    private void ask(BlockingDistributedMap<Integer, Book> books, Predicate predicate, int expected) {
        List<Book> found = books.values(predicate);
        Expect.that("books with " + predicate, found.size(), expected);
        screen.line(predicate + ":");
        found.stream()
                .sorted((a, b) -> Integer.compare(a.year, b.year))
                .forEach(book -> screen.item(book.title + " (" + book.year + ")"));
    }
}
