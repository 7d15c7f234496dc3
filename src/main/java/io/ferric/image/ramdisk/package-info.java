/**
 * Building the ramdisks a server boots: the deploy ramdisk, which offers the server's disk by iSCSI and calls the
 * conductor, and a small one that starts an instance. They are put together from packages of a Debian host (kernel
 * modules, busybox, tgt, curl) without root, mount or any program but {@code apt-get download}: archives, ELF files and
 * module descriptions are read, and the cpio is written, in plain Java. The package leans on {@code image},
 * commons-compress and the JDK. Start reading at {@link io.ferric.image.ramdisk.DeployRamdisk}; which drivers go in is
 * the table {@code DriverFamily}.
 */
package io.ferric.image.ramdisk;
