/**
 * The JSON that the REST API speaks, as records with Ironic's field names in snake case: what a client gets back from a
 * node, a port or a driver, and the error body. Leans on Jackson alone, so that clients (the command line among them)
 * can use it without the server. {@link io.ferric.rest.data.Json} reads and writes it; start with
 * {@link io.ferric.rest.data.NodeData}.
 */
package io.ferric.rest.data;
