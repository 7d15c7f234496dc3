package io.ferric.rest.data;

/**
 * A virtual drive of a server.
 *
 * @param image where what is in it came from, with nothing by which it could be fetched; empty when nothing is in
 */
public record AttachedMediaData(String deviceType, boolean inserted, String image) {}
