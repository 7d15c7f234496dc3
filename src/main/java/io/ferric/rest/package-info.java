/**
 * How one asks over HTTP: Ironic's REST API on Jersey and Jetty. Leans on {@code conductor} for every deed, on
 * {@code node} and {@code driver} for the values it speaks of, and knows nothing of how or when things happen. Resources
 * are one small class a subject; every failure becomes Ironic's error body in {@code FaultMapper}; what a
 * client may declare is in {@code NodeDocument} and {@code PortDocument}. Start with {@link io.ferric.rest.RestServer}.
 */
package io.ferric.rest;
