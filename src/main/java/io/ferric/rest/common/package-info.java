/**
 * What all requests and answers have in common: the query, the version, JSON patch, fields, pages, links. Leans on
 * {@code rest.auth} for who calls and on {@code rest.data} for nothing but the JSON mapper. Start with
 * {@link io.ferric.rest.common.Call} and {@link io.ferric.rest.common.Fields}.
 */
package io.ferric.rest.common;
