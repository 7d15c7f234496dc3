package io.ferric.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Asks every probe. A container's header settles the matter; what is written to a disk as it is may carry only one
 * signature, for an image that is two things at once is read differently by different programs.
 */
final class ImageProbes {
    private static final List<ImageProbe> CONTAINERS = List.of(
            QcowProbe::probe,
            VmdkProbe::probe,
            VhdProbes::vhdx,
            VhdProbes::vhd,
            ContainerProbes::vdi,
            ContainerProbes::qed,
            ContainerProbes::luks,
            ContainerProbes::magic);

    private static final List<ImageProbe> RAW = List.of(
            FilesystemProbes::xfs,
            FilesystemProbes::ext,
            FilesystemProbes::btrfs,
            FilesystemProbes::squashfs,
            FilesystemProbes::iso,
            PartitionTableProbes::gpt,
            FilesystemProbes::vfat,
            PartitionTableProbes::mbr);

    /** An ISO image for USB sticks has a partition table as well; a GPT comes with a protecting MBR. */
    private static final Set<ImageFormat> PEACEFUL = EnumSet.of(ImageFormat.ISO, ImageFormat.GPT, ImageFormat.MBR);

    private static final int SAMPLE = 4096;
    private static final int SAMPLES = 16;

    private ImageProbes() {}

    static ImageInfo inspect(ImageWindow window) throws IOException {
        List<ImageSketch> found = all(CONTAINERS, window);
        if (found.isEmpty()) {
            found = all(RAW, window);
            refuseChimera(found);
        }
        ImageSketch sketch = found.isEmpty()
                ? new ImageSketch(looksEmpty(window) ? ImageFormat.EMPTY : ImageFormat.RAW)
                : found.get(0);
        return sketch.toInfo(window.size());
    }

    private static List<ImageSketch> all(List<ImageProbe> probes, ImageWindow window) throws IOException {
        List<ImageSketch> found = new ArrayList<>();
        for (ImageProbe probe : probes) {
            probe.probe(window).ifPresent(found::add);
        }
        return found;
    }

    private static void refuseChimera(List<ImageSketch> found) {
        Set<ImageFormat> formats = EnumSet.noneOf(ImageFormat.class);
        found.forEach(sketch -> formats.add(sketch.format()));
        if (formats.size() > 1 && !PEACEFUL.containsAll(formats)) {
            found.get(0).danger("it carries the signatures of several formats at once: " + formats);
        }
    }

    /** Zeros at the begin, at the end and at some places between; every byte of a large image is not looked at. */
    private static boolean looksEmpty(ImageWindow window) throws IOException {
        if (!window.isZero(0, ImageWindow.HEAD)) {
            return false;
        }
        for (int i = 1; i <= SAMPLES; i++) {
            long end = window.size() / SAMPLES * i + (i == SAMPLES ? window.size() % SAMPLES : 0);
            if (!window.isZero(Math.max(0, end - SAMPLE), SAMPLE)) {
                return false;
            }
        }
        return true;
    }
}
