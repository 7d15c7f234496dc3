package io.ferric.driver;

import java.util.Optional;

/**
 * Puts an instance on a server and takes it off. Every method can be run again from its start: a conductor that dies in
 * the middle is replaced by one that calls it anew.
 */
public interface DeployInterface {
    /** Notes everything that would stop a deploy; changes nothing and does not touch the server. */
    void validate(Task task, Findings findings);

    /** Makes the server ready to be deployed; called before {@link #deploy}. */
    default void prepare(Task task) {}

    /** The first visit: either finishes the work or leaves the server booting its deploy ramdisk. */
    DeployOutcome deploy(Task task);

    /** Switches the server off so that it can be given away. */
    void tearDown(Task task);

    /**
     * Removes whatever a deploy left: media, temporary objects, cached files, shared things. Called after tear-down,
     * after a failed deploy and after a timeout, so it must be content when there is nothing to remove.
     */
    void cleanUp(Task task);

    /**
     * Whether a deploy that failed had begun to change the server. When it had not, what runs there goes on running.
     * Called before {@link #cleanUp}.
     */
    default boolean touched(Task task) {
        return true;
    }

    /**
     * Why the ramdisk may not have called back, as far as the driver can tell, in one or two sentences for an operator.
     * Called when the time is up, before {@link #cleanUp}.
     */
    default Optional<String> explainSilence(Task task) {
        return Optional.empty();
    }
}
