/**
 * Servers that are really there, as virtual machines: QEMU behind a simulated iLO, so that firmware, boot loader,
 * kernel and ramdisk run on what Ferric made.
 *
 * <p>One QEMU process is one boot: its media and boot order stand on its command line, and when the guest resets, the
 * process ends and the iLO says what the next one boots. Leans on {@code lab} for the iLO and its media, and on
 * programs of the host, which {@link io.ferric.lab.qemu.HostNeeds} checks. Start reading at {@link
 * io.ferric.lab.qemu.VirtualMachine}.
 */
package io.ferric.lab.qemu;
