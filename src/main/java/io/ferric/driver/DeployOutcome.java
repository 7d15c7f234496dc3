package io.ferric.driver;

/** How a visit of a deploy ended; a failure is thrown instead. */
public sealed interface DeployOutcome {
    /** The instance is on the server and the server boots it. */
    record Finished() implements DeployOutcome {}

    /** The deploy ramdisk is booting, or at work on what it was told, and will call back. */
    record AwaitingRamdisk() implements DeployOutcome {}
}
