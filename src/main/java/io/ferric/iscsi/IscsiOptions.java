package io.ferric.iscsi;

import java.time.Duration;

/**
 * How to talk to a target. Immutable; start from {@link #defaults()}.
 *
 * @param initiatorName the iSCSI name we go by, for targets with access lists
 * @param deadline the longest time without progress in connecting, login, any command, and closing; a target that
 *     freezes fails the call after this time
 * @param headerDigest whether headers carry a CRC32C
 * @param dataDigest whether data carries a CRC32C
 * @param transferBytes bytes of one READ or WRITE command, a multiple of 4096 from 4 KiB to 8 MiB
 * @param inFlight how many commands are under way at once, 1 to 64
 * @param replacing whether a session ends every other replacing one of this initiator name at the same target, whichever
 *     process began it: the target sees to it that there is one writer (RFC 7143 section 6.3.5)
 */
public record IscsiOptions(
        String initiatorName,
        Duration deadline,
        DigestPolicy headerDigest,
        DigestPolicy dataDigest,
        int transferBytes,
        int inFlight,
        boolean replacing) {
    private static final int GRAIN = 4096;
    private static final int MAX_TRANSFER = 8 << 20;
    private static final int MAX_IN_FLIGHT = 64;
    private static final IscsiOptions DEFAULTS = new IscsiOptions(
            "iqn.2026-11.io.ferric:initiator",
            Duration.ofSeconds(30),
            DigestPolicy.OFF,
            DigestPolicy.OFF,
            256 * 1024,
            8,
            false);

    /** Checks the ranges; the message names the value that is out of range. */
    public IscsiOptions {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("iSCSI deadline " + deadline + " is not positive");
        }
        if (transferBytes < GRAIN || transferBytes > MAX_TRANSFER || transferBytes % GRAIN != 0) {
            throw new IllegalArgumentException("iSCSI transfer size " + transferBytes + " is not a multiple of " + GRAIN
                    + " up to " + MAX_TRANSFER);
        }
        if (inFlight < 1 || inFlight > MAX_IN_FLIGHT) {
            throw new IllegalArgumentException(
                    "iSCSI commands in flight " + inFlight + " is not from 1 to " + MAX_IN_FLIGHT);
        }
        if (!Words.isIscsiName(initiatorName)) {
            throw new IllegalArgumentException(
                    "iSCSI initiator name '" + Words.printable(initiatorName) + "' is not " + Words.NAME_RULE);
        }
    }

    /** Thirty seconds, no digests, eight commands of 256 KiB: the fastest setting measured. */
    public static IscsiOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another deadline. */
    public IscsiOptions withDeadline(Duration value) {
        return new IscsiOptions(initiatorName, value, headerDigest, dataDigest, transferBytes, inFlight, replacing);
    }

    /** The same with other digests. */
    public IscsiOptions withDigests(DigestPolicy header, DigestPolicy data) {
        return new IscsiOptions(initiatorName, deadline, header, data, transferBytes, inFlight, replacing);
    }

    /** The same under another initiator name. */
    public IscsiOptions withInitiatorName(String value) {
        return new IscsiOptions(value, deadline, headerDigest, dataDigest, transferBytes, inFlight, replacing);
    }

    /** The same with another command size and depth. */
    public IscsiOptions withPipeline(int bytes, int commands) {
        return new IscsiOptions(initiatorName, deadline, headerDigest, dataDigest, bytes, commands, replacing);
    }

    /** The same, but its sessions replace each other at a target. */
    public IscsiOptions withReplacing() {
        return new IscsiOptions(initiatorName, deadline, headerDigest, dataDigest, transferBytes, inFlight, true);
    }
}
