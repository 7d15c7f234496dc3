package io.ferric.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.Peer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab's root image before the tools of e2fsprogs. */
class LabImageIT {
    @Test
    void is_a_clean_file_system_with_a_linux_tree(@TempDir Path folder) throws Exception {
        Path image = folder.resolve("root.ext4");
        LabImage.unpack(image);
        assertThat(Peer.require("e2fsck").run("-f", "-n", image)).contains("labroot:");
        assertThat(Peer.require("debugfs").run("-R", "cat /etc/os-release", image))
                .contains("ID=ferriclab");
    }
}
