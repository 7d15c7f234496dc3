/**
 * The hall: where the rooms meet. {@link io.ferric.Ferric} starts a conductor with everything it needs, from
 * {@link io.ferric.FerricConfig}; nothing else knows every room. Embedders start here.
 */
package io.ferric;
