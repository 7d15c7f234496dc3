package io.ferric.deploy;

/** Sizes in MiB, the unit of partitions. */
final class Mib {
    static final long BYTES = 1L << 20;

    private Mib() {}

    static long roundUp(long bytes) {
        return bytes / BYTES + (bytes % BYTES == 0 ? 0 : 1);
    }
}
