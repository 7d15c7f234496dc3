package io.ferric.image;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What goes into an ISO 9660 image, written by {@link Images#createIsoImage}. The names given are kept through Rock
 * Ridge and Joliet; files are owned by root and read-only, as with {@code mkisofs -r}. Files over 4 GiB are recorded in
 * several extents. The same values give the same bytes.
 *
 * @param label volume label of 1 to 32 printable ASCII characters; {@code A-Z 0-9 _} are safe everywhere
 * @param files content by path
 * @param boot entries of the boot catalogue, the first is the default; the catalogue shows up as {@code boot.cat} beside
 *     the first entry's file
 * @param time stamped on the volume and every file, from 1900 to 2155, in seconds
 */
public record IsoImage(String label, SortedMap<String, Content> files, List<ElToritoEntry> boot, Instant time) {
    private static final int MOST_BOOT_ENTRIES = 31;

    public IsoImage {
        requireLabel(label);
        files = ImagePaths.checked(files);
        boot = List.copyOf(boot);
        IsoTime.of(time);
        files.keySet().forEach(IsoImage::requireNames);
        for (ElToritoEntry entry : boot) {
            if (!files.containsKey(entry.path())) {
                throw new IllegalArgumentException("boot entry '" + entry.path() + "' is no file of the image");
            }
        }
        if (boot.size() > MOST_BOOT_ENTRIES) {
            throw new IllegalArgumentException(boot.size() + " boot entries; at most " + MOST_BOOT_ENTRIES + " fit");
        }
        if (!boot.isEmpty() && files.containsKey(BootCatalogue.path(boot))) {
            throw new IllegalArgumentException("'" + BootCatalogue.path(boot)
                    + "' is the name of the boot catalogue and cannot be a file as well");
        }
    }

    static void requireLabel(String label) {
        if (!label.matches("[ -~]{1,32}")) {
            throw new IllegalArgumentException("volume label '" + label.replaceAll("[^ -~]", "?")
                    + "' must be 1 to 32 printable ASCII characters");
        }
    }

    private static void requireNames(String path) {
        for (String name : path.split("/")) {
            boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(name);
            if (!encodable || name.getBytes(StandardCharsets.UTF_8).length > RockRidge.LONGEST_NAME) {
                throw new IllegalArgumentException("'" + name + "' cannot be a name in an ISO image: at most "
                        + RockRidge.LONGEST_NAME + " bytes of UTF-8");
            }
        }
    }

    /** Starts an image with this volume label. */
    public static Builder labelled(String label) {
        return new Builder(label);
    }

    /** Collects the parts of an image. Not thread safe. */
    public static final class Builder {
        private final String label;
        private final Map<String, Content> files = new LinkedHashMap<>();
        private final List<ElToritoEntry> boot = new ArrayList<>();
        private Instant time = FatTime.EARLIEST;

        private Builder(String label) {
            this.label = label;
        }

        /** Adds a file; folders come by themselves. */
        public Builder file(String path, Content content) {
            if (files.putIfAbsent(ImagePaths.normalize(path), content) != null) {
                throw new IllegalArgumentException("path '" + path + "' is given twice for one image");
            }
            return this;
        }

        /** Adds an entry to the boot catalogue; its file must be part of the image. */
        public Builder boot(ElToritoEntry entry) {
            boot.add(entry);
            return this;
        }

        /** The time stamp of everything; without it 1980-01-01, so that images can be compared. */
        public Builder time(Instant time) {
            this.time = time;
            return this;
        }

        /**
         * The finished description.
         *
         * @throws IllegalArgumentException for a label, path, boot entry or time that an ISO image cannot hold
         */
        public IsoImage build() {
            return new IsoImage(label, ImagePaths.checked(files), boot, time);
        }
    }
}
