package io.ferric.rest.data;

import java.util.List;

/**
 * A driver. In detail also {@code default_*_interface} and {@code enabled_*_interfaces} of every kind of interface.
 *
 * @param type always {@code dynamic}: a hardware type in Ironic's words
 * @param hosts the conductors that have it and live
 * @param properties where its properties are described
 */
public record DriverData(
        String name,
        @Since(30) String type,
        List<String> hosts,
        List<Link> links,
        @Since(14) List<Link> properties) {}
