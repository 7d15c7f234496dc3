package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.lab.LabImage;
import io.ferric.testkit.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as the README's first command does it. */
class LabJourneyIT {
    @TempDir
    private Path folder;

    @Test
    void deploys_the_default_image_onto_the_pretend_server() throws Exception {
        Program.Result lab = Program.run("lab", "--json", "--swap-mb", "16", "--work-dir", folder.toString());

        assertThat(lab.exit()).as(lab.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(lab.out());
        assertThat(report.path("provision_state").asText()).isEqualTo("active");
        assertThat(report.path("verified").asBoolean()).isTrue();
        assertThat(report.path("image_sha256").asText()).isEqualTo(LabImage.SHA256);
        assertThat(report.path("root_uuid").asText()).isEqualTo(LabImage.UUID);
        assertThat(report.path("partitions").findValuesAsText("role")).containsExactly("swap", "root");
        assertThat(report.path("events").findValuesAsText("message"))
                .anyMatch(message -> message.startsWith("instance up"));
        report.path("artifacts")
                .forEach(file -> assertThat(Path.of(file.asText())).isNotEmptyFile());
        assertThat(report.toString()).doesNotContain("pretend-9");
    }

    @Test
    void deploys_several_pretend_servers_at_once_by_uefi() throws Exception {
        Program.Result lab =
                Program.run("lab", "--json", "--nodes", "2", "--firmware", "uefi", "--work-dir", folder.toString());

        assertThat(lab.exit()).as(lab.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(lab.out());
        assertThat(report.path("nodes")).hasSize(2).allSatisfy(node -> {
            assertThat(node.path("provision_state").asText()).isEqualTo("active");
            assertThat(node.path("verified").asBoolean()).isTrue();
            assertThat(node.path("partitions").findValuesAsText("role")).containsExactly("efi_system", "root");
        });
        assertThat(lab.err()).contains("lab-1: instance up", "lab-2: instance up");
        assertThat(folder.resolve("boot-lab-2.iso")).isNotEmptyFile();
    }

    @Test
    void says_in_one_line_why_an_image_is_refused() throws Exception {
        Path image = Files.writeString(folder.resolve("image"), "this is no file system\n".repeat(4096));

        Program.Result lab = Program.run("lab", "--image", image.toString(), "--work-dir", folder.toString());

        assertThat(lab.exit()).isEqualTo(1);
        assertThat(lab.err()).startsWith("ferric: ").hasLineCount(1);
    }

    @Test
    void an_image_larger_than_the_root_partition_fails_before_the_server_is_touched() throws Exception {
        Path image = folder.resolve("image");
        LabImage.unpack(image);
        grow(image, 1536L << 20);

        Program.Result lab =
                Program.run("lab", "--image", image.toString(), "--root-gb", "1", "--work-dir", folder.toString());

        assertThat(lab.exit()).isEqualTo(1);
        assertThat(lab.err()).contains("Image size: 1536 MiB, root partition: 1024 MiB");
        assertThat(lab.out()).contains("deploying -> deploy failed").doesNotContainIgnoringCase("power");
    }

    @Test
    void ctrl_c_ends_a_lab_that_is_kept_and_leaves_no_state() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(Program.command(
                "lab", "--keep", "--work-dir", folder.resolve("work").toString()));
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        Path said = folder.resolve("said");
        Process lab = new ProcessBuilder(command)
                .redirectError(said.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.readString(said).contains("Ctrl-C ends it"));
            assertThat(statesIn(temporary)).hasSize(1);
            lab.destroy();
            assertThat(lab.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(statesIn(temporary)).isEmpty();
        } finally {
            lab.destroyForcibly();
        }
    }

    private static List<Path> statesIn(Path temporary) throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(each -> each.getFileName().toString().startsWith("ferric-state-"))
                    .toList();
        }
    }

    /** A hole at the end: the file system stays as large as it says. */
    private static void grow(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
        }
    }
}
