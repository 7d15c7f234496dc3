package io.ferric.image.ramdisk;

import io.ferric.image.Content;
import io.ferric.image.ImageCreationException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The shell scripts of the ramdisks, which are resources beside this class. */
final class Scripts {
    /** What {@code deploy-init} reads or calls besides itself; packed to {@code /lib/ferric}. */
    static final List<String> HELPERS = List.of(
            "address.sh",
            "bootloader.sh",
            "conductor.sh",
            "disk.sh",
            "heard.sh",
            "media.sh",
            "network.sh",
            "notify.sh",
            "say.sh",
            "settings.sh",
            "system.sh",
            "target.sh",
            "udhcpc.sh");

    private Scripts() {}

    /** Ferric's own init of the deploy ramdisk, with its helpers. */
    static void packDeployInit(Initramfs ramdisk) throws IOException {
        ramdisk.file("init", 0755, script("deploy-init"));
        for (String name : HELPERS) {
            ramdisk.file("lib/ferric/" + name, 0755, script(name));
        }
    }

    static Content instanceInit() throws IOException {
        return script("instance-init");
    }

    private static Content script(String name) throws IOException {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new ImageCreationException("the script " + name + " is missing in this build of Ferric");
            }
            return Content.of(in.readAllBytes());
        }
    }
}
