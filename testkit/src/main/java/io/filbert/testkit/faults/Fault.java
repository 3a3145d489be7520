// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import io.filbert.testkit.FaultProxy.Direction;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.faults.FaultGround.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What goes wrong. Each constant tells when it is mended; what the client does from then on is its own. */
public enum Fault {
    /** A member dies; the others take over from its backups. Nobody mends anything. */
    MEMBER_KILLED("kill -9 of one member of three", Kind.THREE_MEMBERS, true) {
        @Override
        void happen(FaultRun run) {
            run.cluster().awaitSafe();
            run.healed();
            run.lastMember().terminate();
        }

        @Override
        void mend(FaultGround ground) {
            ground.lastMember().restart();
        }
    },
    /** All members leave, one after the other, and come back. */
    ROLLING_RESTART("rolling restart", Kind.THREE_MEMBERS, true) {
        @Override
        void happen(FaultRun run) {
            for (HazelcastMember member : alive(run.ground())) {
                run.cluster().awaitSafe();
                member.shutdown();
                member.restart();
            }
            run.healed();
        }
    },
    /** Three members join on other ports, and the first three leave. */
    MEMBERS_REPLACED("all members replaced, on new ports", Kind.THREE_MEMBERS, true) {
        @Override
        void happen(FaultRun run) {
            List<HazelcastMember> first = alive(run.ground());
            for (int i = 0; i < first.size(); i++) {
                HazelcastMember ignored = run.cluster().addMember();
            }
            for (HazelcastMember member : first) {
                run.cluster().awaitSafe();
                member.shutdown();
            }
            run.healed();
        }
    },
    /** All members die at once and come back empty, on the same ports; mended when the first is there. */
    CLUSTER_RESTART("whole-cluster restart", Kind.THREE_MEMBERS, false) {
        @Override
        void happen(FaultRun run) {
            List<HazelcastMember> members = alive(run.ground());
            members.forEach(HazelcastMember::terminate);
            members.get(0).restart();
            run.healed();
            members.subList(1, members.size()).forEach(HazelcastMember::restart);
        }
    },
    /** One member is stopped (SIGSTOP): its connections stay open and nothing answers. */
    MEMBER_SUSPENDED("one member of three suspended", Kind.THREE_MEMBERS, true) {
        @Override
        void happen(FaultRun run) {
            HazelcastMember member = run.lastMember();
            member.suspend();
            try {
                run.goOn(run.times().suspension());
            } finally {
                run.healed();
                member.resume();
            }
        }

        @Override
        void mend(FaultGround ground) {
            ground.cluster().awaitFormed();
        }
    },
    /** The client's process is stopped (SIGSTOP). */
    CLIENT_SUSPENDED("client suspended", Kind.THREE_MEMBERS, true) {
        @Override
        void happen(FaultRun run) {
            run.suspendClient(run.times().suspension());
            run.healed();
        }

        @Override
        Duration allowance(FaultTimes times) {
            return times.suspension();
        }
    },
    /** All connections are reset, again and again. */
    CUT("cut: connections reset, five times", Kind.PROXY, true) {
        @Override
        void happen(FaultRun run) {
            for (int i = 0; i < 5; i++) {
                run.proxy().cut();
                run.goOn(Duration.ofMillis(300));
            }
            run.proxy().cut();
            run.healed();
        }
    },
    /** Requests arrive and answers do not. */
    STALL_TO_CLIENT("one-way stall: no answers", Kind.PROXY, true) {
        @Override
        void happen(FaultRun run) {
            run.proxy().stall(Direction.TO_CLIENT);
            run.goOn(run.times().outage());
            run.healed();
            run.proxy().resume();
        }
    },
    /** Requests do not arrive. */
    STALL_TO_MEMBER("one-way stall: no requests", Kind.PROXY, true) {
        @Override
        void happen(FaultRun run) {
            run.proxy().stall(Direction.TO_MEMBER);
            run.goOn(run.times().outage());
            run.healed();
            run.proxy().resume();
        }
    },
    /** Answers arrive, byte by byte, later than any call waits; the connection is never silent. */
    SLOW_DRIP("slow drip: answers at 200 bytes per second", Kind.PROXY, true) {
        @Override
        void happen(FaultRun run) {
            run.proxy().slowDrip(200, Direction.TO_CLIENT);
            run.goOn(run.times().callDeadline().plus(run.times().slack()).plusSeconds(1));
            run.healed();
            run.proxy().pass();
        }
    },
    /** Connections are accepted and closed at once. */
    ACCEPT_THEN_DROP("accept, then drop", Kind.PROXY, true) {
        @Override
        void happen(FaultRun run) {
            run.proxy().acceptThenDrop();
            run.proxy().cut();
            run.goOn(run.times().outage());
            run.healed();
            run.proxy().pass();
        }
    },
    /** Connections are reset while they shake hands: the member's part never arrives. */
    TLS_CUT("TLS cut in mid-handshake", Kind.TLS_PROXY, true) {
        @Override
        void happen(FaultRun run) {
            run.proxy().stall(Direction.TO_CLIENT);
            long end = System.nanoTime() + run.times().outage().toNanos();
            while (end - System.nanoTime() > 0) {
                run.proxy().cut();
                run.goOn(Duration.ofMillis(200));
            }
            run.healed();
            run.proxy().pass();
            run.proxy().cut();
        }
    },
    /** The address behind the name goes away, and the name leads elsewhere. */
    NAME_MOVED("DNS name moved to another address", Kind.NAME, true) {
        @Override
        void happen(FaultRun run) {
            run.proxy().refuse();
            run.proxy().cut();
            run.goOn(Duration.ofSeconds(2));
            run.healed();
            run.ground().moveName(FaultGround.SECOND_ADDRESS);
        }

        @Override
        void mend(FaultGround ground) {
            ground.moveName(FaultGround.FIRST_ADDRESS);
            ground.proxy().pass();
        }
    };

    private final String title;
    private final Kind kind;
    private final boolean dataSurvives;

    Fault(String title, Kind kind, boolean dataSurvives) {
        this.title = title;
        this.kind = kind;
        this.dataSurvives = dataSurvives;
    }

    /** For reports. */
    public String title() {
        return title;
    }

    /** For command lines: the constant's name in small letters, with hyphens. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The fault with that {@link #id}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Fault byId(String id) {
        return Arrays.stream(values())
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No fault '" + id + "'; there are "
                        + Arrays.stream(values()).map(Fault::id).toList()));
    }

    /** What it happens on. */
    public Kind kind() {
        return kind;
    }

    /** Whether everything acknowledged before must still be there afterwards. */
    public boolean dataSurvives() {
        return dataSurvives;
    }

    /** Makes it go wrong and mends it, telling the run when. */
    abstract void happen(FaultRun run);

    /** Puts the ground in order for the next run. */
    void mend(FaultGround ground) {}

    /** How much longer calls may take because the process that makes them stands still. */
    Duration allowance(FaultTimes times) {
        return Duration.ZERO;
    }

    private static List<HazelcastMember> alive(FaultGround ground) {
        return ground.cluster().members().stream()
                .filter(HazelcastMember::isAlive)
                .toList();
    }
}
