package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.image.Content;
import io.ferric.image.Isolinux;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The isolinux of this host, which boot ISOs made here start with. Safe for use by many threads. */
final class BootLoader {
    private final Optional<Path> configured;

    BootLoader(Optional<Path> configured) {
        this.configured = configured;
    }

    /** Notes that it is missing, or lacks a part, and how to install it. */
    void check(Findings findings) {
        String field = "ilo/isolinux_bin";
        Optional<Path> found = Isolinux.find(configured);
        if (found.isEmpty()) {
            findings.invalid(field, missing());
            return;
        }
        try {
            Isolinux.moduleFor(Content.of(found.get()));
        } catch (IOException e) {
            findings.invalid(field, "cannot be used: " + e.getMessage());
        }
    }

    Content content() {
        return Isolinux.find(configured)
                .map(Content::of)
                .orElseThrow(() -> Trouble.deploy("The boot loader isolinux " + missing(), ""));
    }

    private String missing() {
        return configured
                .map(path -> "is to be " + path + ", which cannot be read.")
                .orElse(
                        "is not on this host. Install it: apt-get install isolinux syslinux-common, or configure its path.");
    }
}
