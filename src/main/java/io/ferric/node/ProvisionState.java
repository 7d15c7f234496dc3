package io.ferric.node;

import java.util.Optional;
import java.util.stream.Stream;

/** Where a node stands between being enrolled and carrying an instance. Names as in Ironic. */
public enum ProvisionState {
    ENROLL("enroll"),
    VERIFYING("verifying"),
    MANAGEABLE("manageable"),
    /** The driver finds out what the server is made of. */
    INSPECTING("inspecting"),
    INSPECT_FAILED("inspect failed"),
    AVAILABLE("available"),
    DEPLOYING("deploying"),
    /** The server boots the deploy ramdisk, which will call back. */
    WAIT_CALL_BACK("wait call-back"),
    DEPLOY_FAILED("deploy failed"),
    ACTIVE("active"),
    DELETING("deleting"),
    CLEANING("cleaning"),
    ERROR("error");

    private final String wireName;

    ProvisionState(String wireName) {
        this.wireName = wireName;
    }

    /** The name the REST API and Ironic's clients use. */
    public String wireName() {
        return wireName;
    }

    /** The value of this wire name; empty when there is none. */
    public static Optional<ProvisionState> ofWireName(String name) {
        return Stream.of(values()).filter(each -> each.wireName.equals(name)).findFirst();
    }

    /** Whether a worker of a conductor is busy in this state; nodes never rest here. */
    public boolean transitional() {
        return switch (this) {
            case VERIFYING, INSPECTING, DEPLOYING, DELETING, CLEANING -> true;
            default -> false;
        };
    }

    /** Whether work is under way, though nobody may be busy with it: a ramdisk that is to call back counts too. */
    public boolean underWay() {
        return transitional() || this == WAIT_CALL_BACK;
    }

    @Override
    public String toString() {
        return wireName;
    }
}
