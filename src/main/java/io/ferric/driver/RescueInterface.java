package io.ferric.driver;

import io.ferric.node.Secret;

/** Boots a server into an environment for its rescue, with a password for whoever logs in, and back. */
public interface RescueInterface {
    /** Notes everything that would stop it; asks no hardware. */
    void validate(Task task, Findings findings);

    /** Either finishes or leaves the server booting the ramdisk, which will call back. */
    DeployOutcome rescue(Task task, Secret password);

    /** Back into the instance. */
    void unrescue(Task task);

    /** Removes what a rescue left, also after one that failed; content when there is nothing. */
    default void cleanUp(Task task) {}
}
