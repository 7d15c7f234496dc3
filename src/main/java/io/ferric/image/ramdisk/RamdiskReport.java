package io.ferric.image.ramdisk;

import java.util.List;

/**
 * What has been packed into a ramdisk.
 *
 * @param kernelVersion the kernel it is for
 * @param bytes the size of the compressed file
 * @param modules kernel modules in it
 * @param files all files in it
 * @param notes sentences for a person: what this kernel or this host did not have
 */
public record RamdiskReport(String kernelVersion, long bytes, int modules, int files, List<String> notes) {
    public RamdiskReport {
        notes = List.copyOf(notes);
    }
}
