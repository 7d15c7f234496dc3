package io.ferric.lab.qemu;

/** What the drives and the network card of a virtual machine hang on. */
public enum Bus {
    /** virtio-scsi and virtio-net, which even the smallest kernels of distributions know. */
    VIRTIO,
    /** An AHCI disk, virtual drives on USB and an e1000 card, as close to a real server as QEMU comes. */
    USB
}
