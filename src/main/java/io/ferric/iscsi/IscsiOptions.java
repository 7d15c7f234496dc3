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
 */
public record IscsiOptions(
        String initiatorName,
        Duration deadline,
        DigestPolicy headerDigest,
        DigestPolicy dataDigest,
        int transferBytes,
        int inFlight) {
    private static final IscsiOptions DEFAULTS = new IscsiOptions(
            "iqn.2026-11.io.ferric:initiator",
            Duration.ofSeconds(30),
            DigestPolicy.OFF,
            DigestPolicy.OFF,
            256 * 1024,
            8);

    /** Checks the ranges; the message names the value that is out of range. */
    public IscsiOptions {
        require(!deadline.isNegative() && !deadline.isZero(), "iSCSI deadline " + deadline + " is not positive");
        require(
                transferBytes >= 4096 && transferBytes <= 8 << 20 && transferBytes % 4096 == 0,
                "iSCSI transfer size " + transferBytes + " is not a multiple of 4096 from 4096 to 8388608");
        require(inFlight >= 1 && inFlight <= 64, "iSCSI commands in flight " + inFlight + " is not from 1 to 64");
        require(initiatorName.matches("(iqn\\.|eui\\.|naa\\.)[!-~]{1,219}"), "iSCSI initiator name is not valid");
    }

    /** Thirty seconds, no digests, eight commands of 256 KiB: the fastest setting measured. */
    public static IscsiOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another deadline. */
    public IscsiOptions withDeadline(Duration value) {
        return new IscsiOptions(initiatorName, value, headerDigest, dataDigest, transferBytes, inFlight);
    }

    /** The same with other digests. */
    public IscsiOptions withDigests(DigestPolicy header, DigestPolicy data) {
        return new IscsiOptions(initiatorName, deadline, header, data, transferBytes, inFlight);
    }

    /** The same under another initiator name. */
    public IscsiOptions withInitiatorName(String value) {
        return new IscsiOptions(value, deadline, headerDigest, dataDigest, transferBytes, inFlight);
    }

    /** The same with another command size and depth. */
    public IscsiOptions withPipeline(int bytes, int commands) {
        return new IscsiOptions(initiatorName, deadline, headerDigest, dataDigest, bytes, commands);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
