package io.ferric.node;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.ADOPTING;
import static io.ferric.node.ProvisionState.ADOPT_FAILED;
import static io.ferric.node.ProvisionState.AVAILABLE;
import static io.ferric.node.ProvisionState.CLEANING;
import static io.ferric.node.ProvisionState.CLEAN_FAILED;
import static io.ferric.node.ProvisionState.CLEAN_HOLD;
import static io.ferric.node.ProvisionState.CLEAN_WAIT;
import static io.ferric.node.ProvisionState.DELETING;
import static io.ferric.node.ProvisionState.DEPLOYING;
import static io.ferric.node.ProvisionState.DEPLOY_FAILED;
import static io.ferric.node.ProvisionState.DEPLOY_HOLD;
import static io.ferric.node.ProvisionState.ENROLL;
import static io.ferric.node.ProvisionState.ERROR;
import static io.ferric.node.ProvisionState.INSPECTING;
import static io.ferric.node.ProvisionState.INSPECT_FAILED;
import static io.ferric.node.ProvisionState.INSPECT_WAIT;
import static io.ferric.node.ProvisionState.MANAGEABLE;
import static io.ferric.node.ProvisionState.RESCUE;
import static io.ferric.node.ProvisionState.RESCUE_FAILED;
import static io.ferric.node.ProvisionState.RESCUE_WAIT;
import static io.ferric.node.ProvisionState.RESCUING;
import static io.ferric.node.ProvisionState.SERVICE_FAILED;
import static io.ferric.node.ProvisionState.SERVICE_HOLD;
import static io.ferric.node.ProvisionState.SERVICE_WAIT;
import static io.ferric.node.ProvisionState.SERVICING;
import static io.ferric.node.ProvisionState.UNRESCUE_FAILED;
import static io.ferric.node.ProvisionState.UNRESCUING;
import static io.ferric.node.ProvisionState.VERIFYING;
import static io.ferric.node.ProvisionState.WAIT_CALL_BACK;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The moves a node can make, as a table. What is not in the table cannot happen. Source: Ironic's provision state
 * machine.
 */
public final class Lifecycle {
    /** What makes a node move: verbs that a caller can ask for, and events from within. */
    public enum Event {
        MANAGE("manage"),
        PROVIDE("provide"),
        /** The driver shall find out what the server is made of. */
        INSPECT("inspect"),
        /** Steps that the caller names shall be done before the node is given to anybody. */
        CLEAN("clean"),
        /** The server carries an instance already, which shall be taken over. */
        ADOPT("adopt"),
        DEPLOY("active", "deploy"),
        REBUILD("rebuild"),
        DELETE("deleted", "undeploy"),
        RESCUE("rescue"),
        UNRESCUE("unrescue"),
        /** Steps that the caller names shall be done while the instance stays. */
        SERVICE("service"),
        ABORT("abort"),
        UNHOLD("unhold"),
        /** The work of the state is done. */
        DONE,
        /** The work of the state is done, and the node is not given away but kept. */
        KEPT,
        /** The driver waits for the ramdisk. */
        WAIT,
        /** A step waits for an operator. */
        HOLD,
        /** The ramdisk has called back, or the operator has. */
        RESUME,
        /** The work of the state failed. */
        FAIL,
        /** Tear-down is done; cleaning begins. */
        TORN_DOWN;

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
     * @param keepsTarget whether it goes on to where it was on its way before, for work that may lead to more than one state
     */
    public record Move(
            ProvisionState from,
            Event event,
            ProvisionState to,
            Optional<ProvisionState> target,
            boolean keepsTarget) {}

    private static final List<Move> TABLE = new TableBuilder()
            .row(ENROLL, Event.MANAGE, VERIFYING, MANAGEABLE)
            .row(VERIFYING, Event.DONE, MANAGEABLE)
            .row(VERIFYING, Event.FAIL, ENROLL)
            .row(MANAGEABLE, Event.PROVIDE, CLEANING, AVAILABLE)
            .row(MANAGEABLE, Event.CLEAN, CLEANING, MANAGEABLE)
            .row(MANAGEABLE, Event.INSPECT, INSPECTING, MANAGEABLE)
            .row(MANAGEABLE, Event.ADOPT, ADOPTING, ACTIVE)
            .row(AVAILABLE, Event.MANAGE, MANAGEABLE)
            .row(AVAILABLE, Event.DEPLOY, DEPLOYING, ACTIVE)
            .row(INSPECTING, Event.DONE, MANAGEABLE)
            .row(INSPECTING, Event.FAIL, INSPECT_FAILED)
            .row(INSPECTING, Event.WAIT, INSPECT_WAIT, MANAGEABLE)
            .row(INSPECT_WAIT, Event.RESUME, INSPECTING, MANAGEABLE)
            .row(INSPECT_WAIT, Event.DONE, MANAGEABLE)
            .row(INSPECT_WAIT, Event.FAIL, INSPECT_FAILED)
            .row(INSPECT_WAIT, Event.ABORT, INSPECT_FAILED)
            .row(INSPECT_FAILED, Event.INSPECT, INSPECTING, MANAGEABLE)
            .row(INSPECT_FAILED, Event.MANAGE, MANAGEABLE)
            .row(DEPLOYING, Event.WAIT, WAIT_CALL_BACK, ACTIVE)
            .row(DEPLOYING, Event.HOLD, DEPLOY_HOLD, ACTIVE)
            .row(DEPLOYING, Event.DONE, ACTIVE)
            .row(DEPLOYING, Event.FAIL, DEPLOY_FAILED)
            .row(WAIT_CALL_BACK, Event.RESUME, DEPLOYING, ACTIVE)
            .row(WAIT_CALL_BACK, Event.HOLD, DEPLOY_HOLD, ACTIVE)
            .row(WAIT_CALL_BACK, Event.FAIL, DEPLOY_FAILED)
            .row(WAIT_CALL_BACK, Event.ABORT, DEPLOY_FAILED)
            .row(WAIT_CALL_BACK, Event.DELETE, DELETING, AVAILABLE)
            .row(DEPLOY_HOLD, Event.UNHOLD, WAIT_CALL_BACK, ACTIVE)
            .row(DEPLOY_HOLD, Event.FAIL, DEPLOY_FAILED)
            .row(DEPLOY_HOLD, Event.ABORT, DEPLOY_FAILED)
            .row(DEPLOY_HOLD, Event.DELETE, DELETING, AVAILABLE)
            .row(DEPLOY_FAILED, Event.DEPLOY, DEPLOYING, ACTIVE)
            .row(DEPLOY_FAILED, Event.REBUILD, DEPLOYING, ACTIVE)
            .row(DEPLOY_FAILED, Event.DELETE, DELETING, AVAILABLE)
            .row(ACTIVE, Event.REBUILD, DEPLOYING, ACTIVE)
            .row(ACTIVE, Event.DELETE, DELETING, AVAILABLE)
            .row(ACTIVE, Event.RESCUE, RESCUING, RESCUE)
            .row(ACTIVE, Event.SERVICE, SERVICING, ACTIVE)
            .row(ERROR, Event.REBUILD, DEPLOYING, ACTIVE)
            .row(ERROR, Event.DELETE, DELETING, AVAILABLE)
            .row(DELETING, Event.TORN_DOWN, CLEANING, AVAILABLE)
            .row(DELETING, Event.FAIL, ERROR)
            .row(CLEANING, Event.DONE, AVAILABLE)
            .row(CLEANING, Event.KEPT, MANAGEABLE)
            .row(CLEANING, Event.FAIL, CLEAN_FAILED)
            .rowOnTheWay(CLEANING, Event.WAIT, CLEAN_WAIT)
            .rowOnTheWay(CLEANING, Event.HOLD, CLEAN_HOLD)
            .rowOnTheWay(CLEAN_WAIT, Event.RESUME, CLEANING)
            .rowOnTheWay(CLEAN_WAIT, Event.HOLD, CLEAN_HOLD)
            .row(CLEAN_WAIT, Event.FAIL, CLEAN_FAILED)
            .row(CLEAN_WAIT, Event.ABORT, CLEAN_FAILED)
            .rowOnTheWay(CLEAN_HOLD, Event.UNHOLD, CLEAN_WAIT)
            .row(CLEAN_HOLD, Event.FAIL, CLEAN_FAILED)
            .row(CLEAN_HOLD, Event.ABORT, CLEAN_FAILED)
            .row(CLEAN_FAILED, Event.MANAGE, MANAGEABLE)
            .row(ADOPTING, Event.DONE, ACTIVE)
            .row(ADOPTING, Event.FAIL, ADOPT_FAILED)
            .row(ADOPT_FAILED, Event.ADOPT, ADOPTING, ACTIVE)
            .row(ADOPT_FAILED, Event.MANAGE, MANAGEABLE)
            .row(RESCUING, Event.DONE, RESCUE)
            .row(RESCUING, Event.WAIT, RESCUE_WAIT, RESCUE)
            .row(RESCUING, Event.FAIL, RESCUE_FAILED)
            .row(RESCUE_WAIT, Event.RESUME, RESCUING, RESCUE)
            .row(RESCUE_WAIT, Event.FAIL, RESCUE_FAILED)
            .row(RESCUE_WAIT, Event.ABORT, RESCUE_FAILED)
            .row(RESCUE_WAIT, Event.DELETE, DELETING, AVAILABLE)
            .row(RESCUE, Event.RESCUE, RESCUING, RESCUE)
            .row(RESCUE, Event.UNRESCUE, UNRESCUING, ACTIVE)
            .row(RESCUE, Event.DELETE, DELETING, AVAILABLE)
            .row(RESCUE_FAILED, Event.RESCUE, RESCUING, RESCUE)
            .row(RESCUE_FAILED, Event.UNRESCUE, UNRESCUING, ACTIVE)
            .row(RESCUE_FAILED, Event.DELETE, DELETING, AVAILABLE)
            .row(UNRESCUING, Event.DONE, ACTIVE)
            .row(UNRESCUING, Event.FAIL, UNRESCUE_FAILED)
            .row(UNRESCUE_FAILED, Event.RESCUE, RESCUING, RESCUE)
            .row(UNRESCUE_FAILED, Event.UNRESCUE, UNRESCUING, ACTIVE)
            .row(UNRESCUE_FAILED, Event.DELETE, DELETING, AVAILABLE)
            .row(SERVICING, Event.DONE, ACTIVE)
            .row(SERVICING, Event.WAIT, SERVICE_WAIT, ACTIVE)
            .row(SERVICING, Event.HOLD, SERVICE_HOLD, ACTIVE)
            .row(SERVICING, Event.FAIL, SERVICE_FAILED)
            .row(SERVICE_WAIT, Event.RESUME, SERVICING, ACTIVE)
            .row(SERVICE_WAIT, Event.HOLD, SERVICE_HOLD, ACTIVE)
            .row(SERVICE_WAIT, Event.FAIL, SERVICE_FAILED)
            .row(SERVICE_WAIT, Event.ABORT, SERVICE_FAILED)
            .row(SERVICE_HOLD, Event.UNHOLD, SERVICE_WAIT, ACTIVE)
            .row(SERVICE_HOLD, Event.FAIL, SERVICE_FAILED)
            .row(SERVICE_HOLD, Event.ABORT, SERVICE_FAILED)
            .row(SERVICE_FAILED, Event.SERVICE, SERVICING, ACTIVE)
            .row(SERVICE_FAILED, Event.RESCUE, RESCUING, RESCUE)
            .row(SERVICE_FAILED, Event.DELETE, DELETING, AVAILABLE)
            .row(SERVICE_FAILED, Event.ABORT, ACTIVE)
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
            rows.add(new Move(from, event, to, Optional.of(target), false));
            return this;
        }

        TableBuilder row(ProvisionState from, Event event, ProvisionState to) {
            rows.add(new Move(from, event, to, Optional.empty(), false));
            return this;
        }

        TableBuilder rowOnTheWay(ProvisionState from, Event event, ProvisionState to) {
            rows.add(new Move(from, event, to, Optional.empty(), true));
            return this;
        }

        List<Move> build() {
            return List.copyOf(rows);
        }
    }
}
