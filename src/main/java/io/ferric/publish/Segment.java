package io.ferric.publish;

/**
 * A piece of a static large object.
 *
 * @param container where it is stored
 * @param name of the object it is stored as
 * @param etag the MD5 of its content, in hex
 * @param size in bytes
 */
public record Segment(String container, String name, String etag, long size) {}
