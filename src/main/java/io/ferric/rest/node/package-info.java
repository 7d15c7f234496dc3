/**
 * Everything below {@code /v1/nodes}: one small class a subject. What a client may declare about a node is in
 * {@code NodeFields}, what it is shown in {@code NodeView} and {@code NodeViews}, which is the only way out. Start with
 * {@link io.ferric.rest.node.NodesResource}.
 */
package io.ferric.rest.node;
