package io.ferric.node;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.AVAILABLE;
import static io.ferric.node.ProvisionState.CLEANING;
import static io.ferric.node.ProvisionState.DELETING;
import static io.ferric.node.ProvisionState.DEPLOYING;
import static io.ferric.node.ProvisionState.DEPLOY_FAILED;
import static io.ferric.node.ProvisionState.ENROLL;
import static io.ferric.node.ProvisionState.ERROR;
import static io.ferric.node.ProvisionState.INSPECTING;
import static io.ferric.node.ProvisionState.INSPECT_FAILED;
import static io.ferric.node.ProvisionState.MANAGEABLE;
import static io.ferric.node.ProvisionState.VERIFYING;
import static io.ferric.node.ProvisionState.WAIT_CALL_BACK;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The moves a node can make, as a table. What is not in the table cannot happen. Source: Ironic's provision state
 * machine, for the states this release knows.
 */
public final class Lifecycle {
    /** What makes a node move: verbs that a caller can ask for, and events from within. */
    public enum Event {
        MANAGE("manage"),
        PROVIDE("provide"),
        /** The driver shall find out what the server is made of. */
        INSPECT("inspect"),
        DEPLOY("active", "deploy"),
        REBUILD("rebuild"),
        DELETE("deleted", "undeploy"),
        ABORT("abort"),
        /** The work of the state is done. */
        DONE,
        /** The driver waits for the ramdisk. */
        WAIT,
        /** The ramdisk has called back. */
        RESUME,
        /** The work of the state failed. */
        FAIL,
        /** Tear-down is done; cleaning begins. */
        CLEAN;

        private final List<String> verbs;

        Event(String... verbs) {
            this.verbs = List.of(verbs);
        }

        /** The words of the REST API for it, the usual one first; empty for events from within. */
        public List<String> verbs() {
            return verbs;
        }

        /** The event that a caller's verb asks for. */
        public static Optional<Event> ofVerb(String verb) {
            return Arrays.stream(values())
                    .filter(event -> event.verbs.contains(verb))
                    .findFirst();
        }
    }

    /**
     * One row of the table.
     *
     * @param target where the node is on its way to after the move; empty when it has arrived or given up
     */
    public record Move(ProvisionState from, Event event, ProvisionState to, Optional<ProvisionState> target) {}

    private static final List<Move> TABLE = new TableBuilder()
            .row(ENROLL, Event.MANAGE, VERIFYING, MANAGEABLE)
            .row(VERIFYING, Event.DONE, MANAGEABLE)
            .row(VERIFYING, Event.FAIL, ENROLL)
            .row(MANAGEABLE, Event.PROVIDE, CLEANING, AVAILABLE)
            .row(MANAGEABLE, Event.INSPECT, INSPECTING, MANAGEABLE)
            .row(INSPECTING, Event.DONE, MANAGEABLE)
            .row(INSPECTING, Event.FAIL, INSPECT_FAILED)
            .row(INSPECT_FAILED, Event.INSPECT, INSPECTING, MANAGEABLE)
            .row(INSPECT_FAILED, Event.MANAGE, MANAGEABLE)
            .row(AVAILABLE, Event.MANAGE, MANAGEABLE)
            .row(AVAILABLE, Event.DEPLOY, DEPLOYING, ACTIVE)
            .row(DEPLOYING, Event.WAIT, WAIT_CALL_BACK, ACTIVE)
            .row(DEPLOYING, Event.DONE, ACTIVE)
            .row(DEPLOYING, Event.FAIL, DEPLOY_FAILED)
            .row(WAIT_CALL_BACK, Event.RESUME, DEPLOYING, ACTIVE)
            .row(WAIT_CALL_BACK, Event.FAIL, DEPLOY_FAILED)
            .row(WAIT_CALL_BACK, Event.ABORT, DEPLOY_FAILED)
            .row(WAIT_CALL_BACK, Event.DELETE, DELETING, AVAILABLE)
            .row(DEPLOY_FAILED, Event.DEPLOY, DEPLOYING, ACTIVE)
            .row(DEPLOY_FAILED, Event.REBUILD, DEPLOYING, ACTIVE)
            .row(DEPLOY_FAILED, Event.DELETE, DELETING, AVAILABLE)
            .row(ACTIVE, Event.REBUILD, DEPLOYING, ACTIVE)
            .row(ACTIVE, Event.DELETE, DELETING, AVAILABLE)
            .row(ERROR, Event.REBUILD, DEPLOYING, ACTIVE)
            .row(ERROR, Event.DELETE, DELETING, AVAILABLE)
            .row(DELETING, Event.CLEAN, CLEANING, AVAILABLE)
            .row(DELETING, Event.FAIL, ERROR)
            .row(CLEANING, Event.DONE, AVAILABLE)
            .row(CLEANING, Event.FAIL, ERROR)
            .build();

    private Lifecycle() {}

    /** Every row. */
    public static List<Move> table() {
        return TABLE;
    }

    /** The move from a state on an event; empty when there is none. */
    public static Optional<Move> move(ProvisionState from, Event event) {
        return TABLE.stream()
                .filter(row -> row.from() == from && row.event() == event)
                .findFirst();
    }

    /** The verbs a caller may ask for in this state. */
    public static List<String> verbsIn(ProvisionState state) {
        return TABLE.stream()
                .filter(row -> row.from() == state)
                .flatMap(row -> row.event().verbs().stream().limit(1))
                .toList();
    }

    private static final class TableBuilder {
        private final List<Move> rows = new ArrayList<>();

        TableBuilder row(ProvisionState from, Event event, ProvisionState to, ProvisionState target) {
            rows.add(new Move(from, event, to, Optional.of(target)));
            return this;
        }

        TableBuilder row(ProvisionState from, Event event, ProvisionState to) {
            rows.add(new Move(from, event, to, Optional.empty()));
            return this;
        }

        List<Move> build() {
            return List.copyOf(rows);
        }
    }
}
