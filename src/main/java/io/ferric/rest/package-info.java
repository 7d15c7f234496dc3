/**
 * How one asks over HTTP: Ironic's REST API on Jersey and Jetty. Leans on {@code conductor} for every deed, on
 * {@code node} and {@code driver} for the values it speaks of, and knows nothing of how or when things happen. Here are
 * the server and the filters every request passes; resources are in {@code rest.node} and {@code rest.resource}, what they share
 * in {@code rest.common}. Every failure becomes Ironic's error body in {@code FaultMapper}. Start with
 * {@link io.ferric.rest.RestServer}.
 */
package io.ferric.rest;
