package io.ferric.deploy;

import java.time.Duration;
import java.util.List;

/**
 * How the deploy ramdisk is believed and talked to. Immutable.
 *
 * @param notifyPort where the ramdisk waits for the word that its disk is written
 * @param notifyTimeout the longest time until it has taken that word
 * @param callbackNetworks networks such as {@code 10.1.0.0/16} that a ramdisk may say it is in; empty for any network but
 *     loopback and link-local ones, which count only when they are listed
 * @param foreignTargetNames whether a ramdisk may offer a target of another name than the one it was given
 */
public record RamdiskConfig(
        int notifyPort, Duration notifyTimeout, List<String> callbackNetworks, boolean foreignTargetNames) {
    /** Checks that the networks can be read. */
    public RamdiskConfig {
        callbackNetworks = List.copyOf(callbackNetworks);
        callbackNetworks.forEach(IpNetwork::parse);
    }

    public static RamdiskConfig defaults() {
        return new RamdiskConfig(10_000, Duration.ofSeconds(30), List.of(), false);
    }

    /** The same, believing addresses in these networks only. */
    public RamdiskConfig withCallbackNetworks(List<String> networks) {
        return new RamdiskConfig(notifyPort, notifyTimeout, networks, foreignTargetNames);
    }

    /** The same, telling the ramdisk on another port. */
    public RamdiskConfig withNotifyPort(int port) {
        return new RamdiskConfig(port, notifyTimeout, callbackNetworks, foreignTargetNames);
    }

    /** The same with another patience. */
    public RamdiskConfig withNotifyTimeout(Duration timeout) {
        return new RamdiskConfig(notifyPort, timeout, callbackNetworks, foreignTargetNames);
    }

    /** The same, accepting any target name. */
    public RamdiskConfig withForeignTargetNames() {
        return new RamdiskConfig(notifyPort, notifyTimeout, callbackNetworks, true);
    }
}
