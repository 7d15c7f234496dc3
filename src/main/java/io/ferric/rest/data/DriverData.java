package io.ferric.rest.data;

import java.util.List;

/**
 * A driver of this conductor.
 *
 * @param type always {@code dynamic}: a hardware type in Ironic's words
 * @param hosts the conductors that have it, as far as this one knows
 * @param properties where its properties are described
 */
public record DriverData(String name, String type, List<String> hosts, List<Link> links, List<Link> properties) {}
