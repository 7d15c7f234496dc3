/**
 * What the conductor remembers: nodes, ports, reservations, history and the users of shared objects, in a relational
 * database (H2 in a file by default). Leans on {@code node} alone. It keeps whole values and checks what a database can
 * check, uniqueness and reservations; it knows no rule of the lifecycle. Start with {@link io.ferric.store.NodeStore},
 * then {@link io.ferric.store.Database}.
 */
package io.ferric.store;
