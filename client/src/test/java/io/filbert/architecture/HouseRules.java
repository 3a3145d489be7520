// SPDX-License-Identifier: Apache-2.0
package io.filbert.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What holds for every class that ships. A rule is made for a root package, so that it can be shown to fail on a house that breaks
 * it.
 */
final class HouseRules {

    /** The rooms of the client from the bottom up; each may use those before it. */
    private static final List<String> ROOMS = List.of(
            "internal.flightrecorder",
            "internal.runtime",
            "internal.tls",
            "internal.discovery",
            "internal.transport",
            "internal.connection",
            "internal.cluster",
            "internal.invocation",
            "internal.listener",
            "internal.schema",
            "internal.nearcache",
            "internal.proxy",
            "internal.cp",
            "internal.transaction",
            "internal.sql",
            "internal.statistics",
            "internal.metrics");

    private final String root;

    HouseRules(String root) {
        this.root = root;
    }

    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("rooms import downwards only", roomsImportDownwards());
        rules.put("contracts know no implementation", contractsKnowNoImplementation());
        rules.put("serialization knows no network", serializationKnowsNoNetwork());
        rules.put("packages form no circles", noPackageCircles());
        rules.put("exported signatures show no internal type", exportedSignaturesShowNoInternalType());
        rules.put("only Await waits", onlyAwaitWaits());
        rules.put("randomness is handed in", randomnessIsHandedIn());
        rules.put("nothing of the vendor ships", nothingOfTheVendor());
        rules.put("no thread locals", noThreadLocals());
        rules.put("logging is System.Logger", loggingIsSystemLogger());
        rules.put("names say something", namesSaySomething());
        return rules;
    }

    private String in(String room) {
        return root + "." + room + "..";
    }

    private ArchRule roomsImportDownwards() {
        return classes()
                .that()
                .resideInAnyPackage(ROOMS.stream().map(this::in).toArray(String[]::new))
                .should(new ArchCondition<>("use only rooms below their own") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        int mine = room(item);
                        item.getDirectDependenciesFromSelf().forEach(dependency -> {
                            JavaClass target = dependency.getTargetClass();
                            boolean door = target.getPackageName().equals(root);
                            if (door || room(target) > mine) {
                                events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                            }
                        });
                    }
                })
                .because("imports point down: docs/internals/overview.md");
    }

    private int room(JavaClass candidate) {
        for (int i = 0; i < ROOMS.size(); i++) {
            String room = root + "." + ROOMS.get(i);
            if (candidate.getPackageName().equals(room)
                    || candidate.getPackageName().startsWith(room + ".")) {
                return i;
            }
        }
        return -1;
    }

    private ArchRule contractsKnowNoImplementation() {
        return noClasses()
                .that()
                .resideInAnyPackage(in("error"), in("cluster"), in("config"), in("map"), in("internal.blocking"))
                .should()
                .dependOnClassesThat(new DescribedPredicate<>("are part of an implementation") {
                    @Override
                    public boolean test(JavaClass target) {
                        String name = target.getPackageName();
                        return name.equals(root)
                                || (name.startsWith(root + ".internal")
                                        && !name.startsWith(root + ".internal.blocking"));
                    }
                })
                .allowEmptyShould(true);
    }

    private ArchRule serializationKnowsNoNetwork() {
        List<String> network = new ArrayList<>(ROOMS.stream().map(this::in).toList());
        network.add("java.net..");
        network.add("java.nio.channels..");
        return noClasses()
                .that()
                .resideInAPackage(in("internal.serialization"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(network.toArray(String[]::new)))
                .allowEmptyShould(true);
    }

    private ArchRule noPackageCircles() {
        // Each package is a slice of its own: with fewer slices the rule could not fail.
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass item) {
                        return item.getPackageName().startsWith(root)
                                ? SliceIdentifier.of(item.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    private ArchRule exportedSignaturesShowNoInternalType() {
        return classes()
                .that(new DescribedPredicate<>("are exported") {
                    @Override
                    public boolean test(JavaClass item) {
                        return isExported(item) && item.getModifiers().contains(JavaModifier.PUBLIC);
                    }
                })
                .should(new ArchCondition<>("show no internal type") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        for (JavaMethod method : item.getMethods()) {
                            if (method.getModifiers().contains(JavaModifier.PUBLIC)
                                    || method.getModifiers().contains(JavaModifier.PROTECTED)) {
                                method.getAllInvolvedRawTypes().stream()
                                        .filter(type -> type.getPackageName().startsWith(root + ".internal"))
                                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                                item, method.getFullName() + " shows " + type.getName())));
                            }
                        }
                    }
                });
    }

    private boolean isExported(JavaClass item) {
        String name = item.getPackageName();
        return name.startsWith(root) && !name.startsWith(root + ".internal");
    }

    private ArchRule onlyAwaitWaits() {
        Set<String> mayWait = Set.of(
                root + ".internal.blocking.Await",
                root + ".internal.blocking.ClientFuture",
                // Waits for room in flight, by contract of the map, until the deadline.
                root + ".internal.invocation.InFlightLimit",
                // Reads results that are there.
                root + ".internal.invocation.FanOut",
                // Pauses after a failure of its own loop, which would else spin.
                root + ".internal.transport.IoThread",
                // The callback thread sleeps while there is nothing to run.
                root + ".internal.runtime.CallbackThreads",
                // Who adds a member listener waits, within a bound, until it has seen the members.
                root + ".internal.runtime.SerialExecutor",
                // close() waits, within a bound, for what it ended.
                root + ".ClientParts");
        return noClasses()
                .that(new DescribedPredicate<>("may not wait") {
                    @Override
                    public boolean test(JavaClass item) {
                        return mayWait.stream().noneMatch(name -> item.getName().startsWith(name));
                    }
                })
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("a method that waits") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return waits(call);
                    }
                });
    }

    private static boolean waits(JavaMethodCall call) {
        String method = call.getTarget().getName();
        JavaClass owner = call.getTargetOwner();
        if (owner.isAssignableTo(java.util.concurrent.Future.class)) {
            return method.equals("get") || method.equals("join");
        }
        return (owner.isAssignableTo(Thread.class) && (method.equals("sleep") || method.equals("join")))
                || (owner.isEquivalentTo(java.util.concurrent.locks.LockSupport.class) && method.startsWith("park"))
                || (owner.isAssignableTo(java.util.concurrent.locks.Condition.class) && method.startsWith("await"))
                || (owner.isAssignableTo(java.util.concurrent.CountDownLatch.class) && method.equals("await"))
                || (owner.isAssignableTo(java.util.concurrent.Semaphore.class) && method.startsWith("acquire"))
                || (owner.isAssignableTo(java.util.concurrent.BlockingQueue.class)
                        && (method.equals("take") || method.equals("put")))
                || (owner.isAssignableTo(java.util.concurrent.ExecutorService.class)
                        && (method.equals("awaitTermination") || method.startsWith("invokeA")))
                || (owner.isEquivalentTo(Object.class) && method.equals("wait"));
    }

    private ArchRule randomnessIsHandedIn() {
        return noClasses()
                .that()
                .resideInAPackage(in("internal"))
                .should()
                .callMethodWhere(target(owner(new DescribedPredicate<>("source of randomness") {
                            @Override
                            public boolean test(JavaClass type) {
                                return type.isEquivalentTo(java.util.concurrent.ThreadLocalRandom.class)
                                        || type.isEquivalentTo(Math.class);
                            }
                        }))
                        .and(target(nameMatching("current|random"))));
    }

    private ArchRule nothingOfTheVendor() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.hazelcast..", "io.netty..", "sun.misc..", "jdk.internal..");
    }

    private ArchRule noThreadLocals() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class);
    }

    private ArchRule loggingIsSystemLogger() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache.logging..");
    }

    private ArchRule namesSaySomething() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                // Custom types of the protocol keep the names of the protocol.
                .resideOutsideOfPackage(in("internal.protocol"))
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Info|Base)");
    }
}
