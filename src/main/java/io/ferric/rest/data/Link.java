package io.ferric.rest.data;

/**
 * Where a resource is.
 *
 * @param rel {@code self} or {@code bookmark}
 */
public record Link(String href, String rel) {}
