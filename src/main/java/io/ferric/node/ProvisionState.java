package io.ferric.node;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a node stands between being enrolled and carrying an instance. Names as in Ironic. */
public enum ProvisionState {
    ENROLL("enroll"),
    /** The driver looks whether the server can be managed. */
    VERIFYING("verifying", Kind.BUSY),
    MANAGEABLE("manageable"),
    /** The driver finds out what the server is made of. */
    INSPECTING("inspecting", Kind.BUSY),
    INSPECT_WAIT("inspect wait", Kind.WAITING),
    INSPECT_FAILED("inspect failed"),
    AVAILABLE("available"),
    DEPLOYING("deploying", Kind.BUSY),
    /** The server boots the deploy ramdisk, which will call back. */
    WAIT_CALL_BACK("wait call-back", Kind.WAITING),
    /** A step of the deploy waits until an operator lets it go on; likewise the other holds. */
    DEPLOY_HOLD("deploy hold", Kind.HELD),
    DEPLOY_FAILED("deploy failed"),
    ACTIVE("active"),
    DELETING("deleting", Kind.BUSY),
    CLEANING("cleaning", Kind.BUSY),
    CLEAN_WAIT("clean wait", Kind.WAITING),
    CLEAN_HOLD("clean hold", Kind.HELD),
    CLEAN_FAILED("clean failed"),
    ERROR("error"),
    /** A server that carries an instance already is taken over as it is. */
    ADOPTING("adopting", Kind.BUSY),
    ADOPT_FAILED("adopt failed"),
    RESCUING("rescuing", Kind.BUSY),
    RESCUE_WAIT("rescue wait", Kind.WAITING),
    RESCUE_FAILED("rescue failed"),
    /** The server runs an environment for the rescue of its instance. */
    RESCUE("rescue"),
    UNRESCUING("unrescuing", Kind.BUSY),
    UNRESCUE_FAILED("unrescue failed"),
    /** Steps are done on a server that keeps its instance. */
    SERVICING("servicing", Kind.BUSY),
    SERVICE_WAIT("service wait", Kind.WAITING),
    SERVICE_HOLD("service hold", Kind.HELD),
    SERVICE_FAILED("service failed");

    /** What goes on in a state. */
    private enum Kind {
        REST,
        BUSY,
        WAITING,
        HELD
    }

    private static final Map<String, ProvisionState> BY_WIRE_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ProvisionState::wireName, each -> each));

    private final String wireName;
    private final Kind kind;

    ProvisionState(String wireName) {
        this(wireName, Kind.REST);
    }

    ProvisionState(String wireName, Kind kind) {
        this.wireName = wireName;
        this.kind = kind;
    }

    /** The name the REST API and Ironic's clients use. */
    public String wireName() {
        return wireName;
    }

    /** The value of this wire name; empty when there is none. */
    public static Optional<ProvisionState> ofWireName(String name) {
        return Optional.ofNullable(BY_WIRE_NAME.get(name));
    }

    /** Whether a worker of a conductor is busy in this state; nodes never rest here. */
    public boolean transitional() {
        return kind == Kind.BUSY;
    }

    /** Whether the node waits for a ramdisk that is to call back. */
    public boolean awaitsRamdisk() {
        return kind == Kind.WAITING;
    }

    /** Whether work is under way, though nobody may be busy with it: a ramdisk that is to call back, and a hold, count too. */
    public boolean underWay() {
        return kind != Kind.REST;
    }

    @Override
    public String toString() {
        return wireName;
    }
}
