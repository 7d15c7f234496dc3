/**
 * The resources beside nodes: ports, drivers and the like, one class each. Those that also stand below a node are asked
 * by {@code rest.node}, never the other way round. Start with {@link io.ferric.rest.resource.PortsResource}.
 */
package io.ferric.rest.resource;
