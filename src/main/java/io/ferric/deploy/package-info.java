/**
 * Bytes onto a disk, and off it again: the deploy work every iSCSI driver shares, and erasing. It reads what is to be deployed, keeps images in a
 * cache, tells the ramdisk what it must know, and then partitions and writes the disk the ramdisk offers. It leans on
 * {@code node}, {@code driver}, {@code image} and {@code iscsi}, and sees disks only as
 * {@link io.ferric.deploy.Disk}, so that all of it runs on a plain file too. Start with
 * {@link io.ferric.deploy.IscsiDeploy}; the order of the work on a disk stands in {@code PartitionDeploy} and {@code
 * WholeDiskDeploy}.
 */
package io.ferric.deploy;
