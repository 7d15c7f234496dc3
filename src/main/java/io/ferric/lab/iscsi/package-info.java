/**
 * An iSCSI target in user space, for the pretend servers and for tests of initiators.
 *
 * <p>Written from RFC 7143, SPC-4 and SBC-3, and from nothing else in this program: it shares no code with the
 * initiator that it is used against, and it is strict where the RFC is. It leans on the JDK only. Start reading at
 * {@link io.ferric.lab.iscsi.IscsiTarget}; a connection's life is in {@code Connection}, what a disk answers in
 * {@code DiskUnit}.
 */
package io.ferric.lab.iscsi;
