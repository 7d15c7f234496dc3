package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EphemeralFilesystemTest {
    @TempDir
    Path temp;

    private Path programs;
    private Path target;

    @BeforeEach
    void folders() throws IOException {
        programs = Files.createDirectories(temp.resolve("sbin"));
        target = temp.resolve("ephemeral");
    }

    @Test
    void gives_fixed_arguments_and_no_environment_to_the_program() throws IOException {
        program("mkfs.ext4", "echo \"$*\" > " + temp + "/arguments; /usr/bin/env > " + temp + "/environment");
        mkfs().make("ext4", target, 1 << 20, 512);

        assertThat(temp.resolve("arguments"))
                .hasContent("-q -F -E nodiscard,lazy_itable_init=1 -L ephemeral0 " + target);
        assertThat(temp.resolve("environment"))
                .content()
                .doesNotContain("HOME=")
                .doesNotContain("PATH=/usr");
        assertThat(target).hasSize(1 << 20);
        assertThat(temp.resolve("ephemeral.log")).doesNotExist();
    }

    @Test
    void tells_programs_that_care_of_larger_blocks() throws IOException {
        program("mkfs.xfs", "echo \"$*\" > " + temp + "/arguments");
        mkfs().make("xfs", target, 1 << 20, 4096);

        assertThat(temp.resolve("arguments")).hasContent("-q -f -L ephemeral0 -ssize=4096 " + target);
    }

    @Test
    void tells_what_the_program_said_when_it_fails() throws IOException {
        program("mkfs.vfat", "echo 'too small for me' >&2; exit 3");

        assertThatThrownBy(() -> mkfs().make("vfat", target, 1 << 20, 512))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status 3: too small for me");
    }

    @Test
    void ends_a_program_that_takes_too_long() throws IOException {
        program("mkfs.ext3", "exec /bin/sleep 60");
        EphemeralFilesystem impatient = new EphemeralFilesystem(List.of(programs), Duration.ofMillis(200));

        assertThatThrownBy(() -> impatient.make("ext3", target, 1 << 20, 512))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not end within");
    }

    @Test
    void knows_which_programs_are_there() throws IOException {
        program("mkfs.ext4", "exit 0");

        assertThat(mkfs().program("ext4")).contains(programs.resolve("mkfs.ext4"));
        assertThat(mkfs().program("xfs")).isEmpty();
        assertThatThrownBy(() -> mkfs().make("xfs", target, 1 << 20, 512)).hasMessageContaining("no mkfs.xfs");
        assertThat(mkfs().tar()).isEmpty();
        assertThatThrownBy(() -> mkfs().written("ext4", target)).hasMessageContaining("no tar");
    }

    @Test
    void tells_what_tar_said_when_it_fails() throws IOException {
        program("tar", "echo 'unrecognized option: sparse' >&2; exit 2");

        assertThatThrownBy(() -> mkfs().written("ext4", target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unrecognized option: sparse");
    }

    @Test
    void ends_a_tar_that_takes_too_long() throws IOException {
        program("tar", "exec /bin/sleep 60");
        EphemeralFilesystem impatient = new EphemeralFilesystem(List.of(programs), Duration.ofMillis(200));

        assertThatThrownBy(() -> impatient.written("ext4", target)).hasMessageContaining("did not tell");
        assertThat(temp.resolve("ephemeral.log")).doesNotExist();
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private EphemeralFilesystem mkfs() {
        return new EphemeralFilesystem(List.of(programs), Duration.ofSeconds(20));
    }
}
