package io.ferric.image.ramdisk;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which kernel modules go into the ramdisks, and why: one row of the table a family of hardware.
 *
 * @param use what a server cannot do without it
 * @param when who calls for it: nobody, so that the ramdisk loads it when it starts; a device, by its modalias; or the
 *     kernel, by an alias, when a file system is mounted
 * @param why the hardware or the need
 * @param modules by name; what they depend on comes by itself
 */
record DriverFamily(Use use, When when, String why, List<String> modules) {
    /** Without one of {@code DISK} and one of {@code NETWORK} no deploy ramdisk is built. */
    enum Use {
        DISK,
        NETWORK,
        MEDIA,
        FILES,
        MACHINE
    }

    enum When {
        AT_ONCE,
        BY_DEVICE,
        BY_KERNEL
    }

    static final List<DriverFamily> ALL = List.of(
            row(Use.DISK, "Smart Array P2xx to P8xx, H2xx (Gen8, Gen9)", "hpsa"),
            row(Use.DISK, "Smart Array and SR controllers (Gen10 and later)", "smartpqi"),
            row(Use.DISK, "MR controllers, and those of other makers' servers", "megaraid_sas mpt3sas aacraid"),
            row(Use.DISK, "SATA of the chipset, Dynamic Smart Array in AHCI mode", "ahci ata_piix"),
            row(Use.DISK, "NVMe, also behind Intel VMD", "nvme vmd"),
            row(Use.DISK, "Fibre Channel LUNs, chosen by the wwn of root_device", "qla2xxx lpfc"),
            row(Use.DISK, "virtual machines", "virtio_scsi virtio_blk vmw_pvscsi mptspi hv_storvsc xen_blkfront"),
            row(Use.NETWORK, "HPE 330i to 332i and older NC adapters", "tg3 broadcom"),
            row(Use.NETWORK, "HPE NC38x, 530, 533, 534, 630", "bnx2 bnx2x"),
            row(Use.NETWORK, "Broadcom NetXtreme-E: HPE 535, 631, 640, BCM57414", "bnxt_en"),
            row(Use.NETWORK, "Emulex OneConnect: HPE 554, 556, 650", "be2net"),
            row(Use.NETWORK, "Intel: HPE 361 to 369, 560 to 562, 566, 568, E810", "igb igc e1000e ixgbe i40e ice"),
            row(Use.NETWORK, "Mellanox: HPE 544, 546, 547, 640", "mlx4_core mlx4_en mlx5_core"),
            row(Use.NETWORK, "QLogic, Cavium: HPE 522, 523, 525, 526, 620, 621", "qlcnic netxen_nic qede"),
            row(Use.NETWORK, "Solarflare, Chelsio, Cisco", "sfc cxgb4 enic"),
            row(Use.NETWORK, "desktop boards, as test machines have", "r8169 realtek atlantic"),
            row(Use.NETWORK, "virtual machines", "virtio_net e1000 vmxnet3 hv_netvsc xen_netfront ena"),
            row(Use.NETWORK, "virtual functions", "igbvf ixgbevf iavf"),
            row(Use.MEDIA, "the iLO's virtual floppy and CD are USB disks", "usb_storage uas"),
            row(Use.MEDIA, "USB controllers", "xhci_pci ehci_pci ohci_pci uhci_hcd"),
            row(Use.MEDIA, "a virtual machine's floppy bay", "floppy"),
            row(Use.MACHINE, "virtual machines: the bus, and randomness for TLS", "virtio_pci virtio_rng"),
            row(Use.MACHINE, "the power button, pressed through the iLO", "button evdev"),
            atOnce(Use.MEDIA, "disks and CDs of all kinds", "sd_mod sr_mod"),
            atOnce(Use.FILES, "the parameters' floppy", "nls_cp437 nls_ascii nls_iso8859_1 nls_utf8 vfat"),
            atOnce(Use.FILES, "CDs and config drives", "isofs"),
            atOnce(
                    Use.FILES,
                    "checksums that file systems ask for by another name than a module's",
                    "crc32c_generic xxhash_generic blake2b_generic sha256_generic"),
            byKernel(Use.FILES, "the instance's root, when its boot loader is put there", "ext4 xfs btrfs"),
            byKernel(Use.MACHINE, "UEFI's boot entries, which a boot loader may look at", "efivarfs"));

    private static DriverFamily row(Use use, String why, String modules) {
        return new DriverFamily(use, When.BY_DEVICE, why, List.of(modules.split(" ")));
    }

    private static DriverFamily atOnce(Use use, String why, String modules) {
        return new DriverFamily(use, When.AT_ONCE, why, List.of(modules.split(" ")));
    }

    private static DriverFamily byKernel(Use use, String why, String modules) {
        return new DriverFamily(use, When.BY_KERNEL, why, List.of(modules.split(" ")));
    }

    /** All of one use. */
    static Stream<DriverFamily> of(Use use) {
        return ALL.stream().filter(family -> family.use() == use);
    }
}
