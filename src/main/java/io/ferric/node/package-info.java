/**
 * What a server is: the node and its ports, the states it can be in and the table of moves between them, and the one root
 * of all errors. Leans on the JDK alone, and everything else leans on it. Start with {@link io.ferric.node.Node} and
 * {@link io.ferric.node.Lifecycle}.
 */
package io.ferric.node;
