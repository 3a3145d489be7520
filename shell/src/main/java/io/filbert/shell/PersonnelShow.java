// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import io.filbert.map.BlockingDistributedMap;
import java.util.Map;
import java.util.TreeMap;

/** The first program of every Hazelcast client: two departments in one map, seen by everybody. */
final class PersonnelShow {

    private final Screen screen;
    private final BlockingDistributedMap<String, String> personnel;

    PersonnelShow(Screen screen, Stage stage) {
        this.screen = screen;
        this.personnel = stage.<String, String>map("personnel-map").blocking();
    }

    void run() {
        screen.heading("Personnel");
        add("IT", "Alice", "Bob", "Clark");
        Expect.that("size", personnel.size(), 3);
        add("Sales", "Denise", "Erwing", "Faith");
        Expect.that("size", personnel.size(), 6);
    }

    private void add(String department, String... people) {
        for (String person : people) {
            personnel.put(person, department);
        }
        screen.line("Added " + department + " personnel. Printing all known personnel");
        Map<String, String> sorted = new TreeMap<>(personnel);
        sorted.forEach((person, in) -> screen.item(person + " is in " + in + " department"));
    }
}
