package io.ferric.lab.iscsi;

/**
 * What a target offers in the login negotiation (RFC 7143, section 13); the initiator may ask for less.
 *
 * @param maxRecvDataSegment the longest data segment the target takes, in bytes
 * @param firstBurst the most unsolicited bytes of a command
 * @param maxBurst the most bytes of a solicited burst
 * @param initialR2t whether the target insists on an R2T before any Data-Out
 * @param immediateData whether data may come with the command
 */
public record TargetLimits(
        int maxRecvDataSegment, int firstBurst, int maxBurst, boolean initialR2t, boolean immediateData) {

    /** Room for speed: 256 KiB segments, 256 KiB first burst, 1 MiB bursts, no need to ask first. */
    public static TargetLimits generous() {
        return new TargetLimits(256 * 1024, 256 * 1024, 1024 * 1024, false, true);
    }

    /** As Debian's tgtd negotiates: 8 KiB segments, 64 KiB first burst, R2T always. */
    public static TargetLimits likeTgt() {
        return new TargetLimits(8 * 1024, 64 * 1024, 256 * 1024, true, true);
    }
}
