package io.ferric.image;

/** A stretch of bytes. Immutable. */
public record Extent(long start, long length) {
    /** Where the next one may begin. */
    public long end() {
        return start + length;
    }
}
