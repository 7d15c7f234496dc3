package io.ferric.deploy;

/**
 * A stretch of a file or disk, in bytes.
 *
 * @param start where it begins
 * @param length how long it is
 */
record Extent(long start, long length) {}
