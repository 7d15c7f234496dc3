/**
 * The wire to a remote disk: an iSCSI initiator of our own (RFC 7143) that needs neither root nor kernel module.
 *
 * <p>Leans on the JDK and slf4j only. Start reading at {@link io.ferric.iscsi.RemoteDisk}, which turns bytes at offsets
 * into SCSI commands; {@code IscsiSession} carries these commands, {@code LoginPhase} brings a session about, and
 * {@code Connection} moves PDUs. Everything of one disk happens on the caller's thread, without blocking calls, so that
 * every wait has a deadline.
 */
package io.ferric.iscsi;
