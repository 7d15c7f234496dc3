package io.ferric.image.ramdisk;

import java.util.List;

/** The folders and devices that every ramdisk begins with. */
final class Skeleton {
    private static final List<String> FOLDERS = List.of(
            "bin",
            "dev",
            "etc",
            "lib/ferric",
            "mnt",
            "proc",
            "root",
            "run",
            "sbin",
            "sys",
            "tmp",
            "usr/bin",
            "usr/sbin",
            "var");

    private Skeleton() {}

    static Initramfs make() {
        Initramfs ramdisk = new Initramfs();
        FOLDERS.forEach(ramdisk::folder);
        ramdisk.link("var/run", "../run");
        // the kernel opens the console before init has mounted anything
        ramdisk.characterDevice("dev/console", 0600, 5, 1);
        ramdisk.characterDevice("dev/null", 0666, 1, 3);
        return ramdisk;
    }
}
