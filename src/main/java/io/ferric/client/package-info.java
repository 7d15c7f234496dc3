/**
 * How a Java program asks a Ferric or an Ironic that is far away: {@link io.ferric.client.FerricClient} speaks the
 * bare-metal API in whatever microversion the server has, logs in as the cloud demands and tries again where trying again
 * helps. Leans on {@link io.ferric.rest.data} and Jackson alone and on nothing of the server, so that it can be handed out
 * as a small jar. Start with {@link io.ferric.client.FerricClient}; {@link io.ferric.client.Api} is the way to what has no
 * type yet.
 */
package io.ferric.client;
