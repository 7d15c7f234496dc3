package io.ferric.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the boot loader isolinux on this host. From version 5 on isolinux is useless without {@code ldlinux.c32} of the
 * same release beside it; Debian keeps the two in the packages isolinux and syslinux-common.
 */
public final class Isolinux {
    /** Where distributions put {@code isolinux.bin}, in the order they are looked at. */
    public static final List<Path> USUAL_PLACES = List.of(
            Path.of("/usr/lib/ISOLINUX/isolinux.bin"),
            Path.of("/usr/lib/syslinux/isolinux.bin"),
            Path.of("/usr/share/syslinux/isolinux.bin"),
            Path.of("/usr/lib/syslinux/bios/isolinux.bin"));

    private static final String MODULE = "ldlinux.c32";
    private static final List<Path> USUAL_MODULE_PLACES = List.of(
            Path.of("/usr/lib/syslinux/modules/bios", MODULE),
            Path.of("/usr/share/syslinux", MODULE),
            Path.of("/usr/lib/syslinux/bios", MODULE));

    private static final Pattern VERSION = Pattern.compile("ISOLINUX (\\d{1,3})\\.(\\d{1,3})");
    private static final int FIRST_MODULAR_VERSION = 5;
    private static final int LONGEST_LOADER = 1024 * 1024;

    private Isolinux() {}

    /** The first of {@link #USUAL_PLACES} that can be read. */
    public static Optional<Path> find() {
        return USUAL_PLACES.stream().filter(Files::isReadable).findFirst();
    }

    /** The configured path if there is one and it can be read; else the first usual place. A wrong path finds nothing. */
    public static Optional<Path> find(Optional<Path> configured) {
        return configured.isPresent() ? configured.filter(Files::isReadable) : find();
    }

    /**
     * The {@code ldlinux.c32} this isolinux needs, beside it or in the host's usual places; empty if it needs none. A
     * service asks this when it starts, so that no deploy finds out half-way.
     *
     * @throws ImageCreationException if it needs one that is not there; the message names the package to install
     */
    public static Optional<Content> moduleFor(Content isolinux) throws IOException {
        return moduleFor(isolinux, USUAL_MODULE_PLACES);
    }

    static Optional<Content> moduleFor(Content isolinux, List<Path> usualPlaces) throws IOException {
        Optional<String> version = modularVersion(isolinux);
        if (version.isEmpty()) {
            return Optional.empty();
        }
        List<Path> places = new ArrayList<>();
        if (isolinux instanceof FileContent file) {
            places.add(file.file().resolveSibling(MODULE));
        }
        places.addAll(usualPlaces);
        Path module = places.stream()
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new ImageCreationException("isolinux.bin is version " + version.get()
                        + ", which needs " + MODULE + " of the same release, but there is none of " + places
                        + "; cure: apt-get install syslinux-common, or put " + MODULE + " beside isolinux.bin"));
        return Optional.of(Content.of(module));
    }

    private static Optional<String> modularVersion(Content isolinux) throws IOException {
        try (InputStream in = isolinux.open()) {
            Matcher matcher = VERSION.matcher(new String(in.readNBytes(LONGEST_LOADER), StandardCharsets.ISO_8859_1));
            if (matcher.find() && Integer.parseInt(matcher.group(1)) >= FIRST_MODULAR_VERSION) {
                return Optional.of(matcher.group(1) + "." + matcher.group(2));
            }
            return Optional.empty();
        }
    }
}
