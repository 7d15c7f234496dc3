package io.ferric.lab.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNeedsTest {
    @TempDir
    private Path folder;

    @Test
    void names_all_that_is_missing_and_one_command_that_cures_it() {
        HostNeeds needs = HostNeeds.in(List.of(folder))
                .program("qemu-system-x86_64", "qemu-system-x86")
                .program("tgtadm", "tgt")
                .program("tgtd", "tgt")
                .anyFile(List.of(folder.resolve("isolinux.bin"), folder.resolve("other")), "isolinux");

        assertThatThrownBy(needs::check)
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("this host lacks qemu-system-x86_64, tgtadm, tgtd, " + folder.resolve("isolinux.bin")
                        + "; cure: apt-get install -y isolinux qemu-system-x86 tgt");
    }

    @Test
    void is_content_when_all_is_there() throws Exception {
        Path program = Files.createFile(folder.resolve("tgtd"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        HostNeeds needs = HostNeeds.in(List.of(folder.resolve("none"), folder))
                .program("tgtd", "tgt")
                .anyFile(List.of(folder.resolve("absent"), program), "x");

        assertThatCode(needs::check).doesNotThrowAnyException();
        assertThat(needs.find("tgtd")).contains(program);
    }
}
