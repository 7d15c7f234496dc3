/**
 * Readers of what a server finds on its media: FAT floppies, ISO 9660 discs, boot loader settings, partition tables and
 * file system superblocks.
 *
 * <p>They are written from the published formats and share no code with the writers of this program, so that agreement
 * of the two means something. They distrust what they read: every offset and length is checked, every loop bounded.
 * They lean on the JDK only. Start reading at {@link io.ferric.lab.media.Blocks}, through which all of them read.
 */
package io.ferric.lab.media;
