package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.LabImage;
import io.ferric.lab.ilo.IloEvent.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes and images that cannot be deployed, which is said before a server is touched. */
class RefusedInputJourneyTest {
    @TempDir
    private static Path folder;

    private static Datacenter datacenter;
    private static EnrolledNode node;

    @BeforeAll
    static void start() throws Exception {
        datacenter = Datacenter.in(folder, Map.of());
        node = datacenter.enrol("picky");
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    @Test
    void all_that_is_missing_is_said_in_one_answer() throws Exception {
        EnrolledNode bare = datacenter.enrol("bare");
        JsonNode driverInfo = bare.show().path("driver_info");
        bare.set("/driver_info", Map.of());
        JsonNode before = bare.show();

        Rest.Answer answer = bare.provision("active");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fault())
                .contains("ilo_address", "ilo_username", "ilo_password", "ilo_deploy_iso", "image_source", "root_gb");
        assertThat(bare.show()).isEqualTo(before);
        JsonNode validation = datacenter.rest().get(bare.path() + "/validate").json();
        assertThat(validation.path("deploy").path("result").asBoolean(true)).isFalse();
        assertThat(validation.path("deploy").path("reason").asText()).contains("image_source", "root_gb");
        assertThat(driverInfo.path("ilo_password").asText()).isEqualTo("******");
    }

    @Test
    void an_image_larger_than_the_root_partition_is_refused() throws Exception {
        Path large = file("large.ext4");
        try (RandomAccessFile bytes = new RandomAccessFile(large.toFile(), "rw")) {
            bytes.setLength((1L << 30) + (1 << 20));
        }
        assertThat(failsUntouched(with(large))).contains("Root partition is too small", "1025 MiB", "1024 MiB");
    }

    @Test
    void an_image_of_another_format_than_declared_is_refused() throws Exception {
        Map<String, Object> info = new HashMap<>(Map.of("image_disk_format", "vmdk"));
        assertThat(failsUntouched(info)).contains("declared to be vmdk", "content is ext");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "raw", "qcow2"})
    void a_qcow2_that_wants_another_file_is_refused(String declared) throws Exception {
        Path qcow2 = Files.write(folder.resolve("files/backed" + declared), qcow2Backedby("/etc/shadow"));
        Map<String, Object> info = with(qcow2);
        if (!declared.isEmpty()) {
            info.put("image_disk_format", declared);
        }
        assertThat(failsUntouched(info)).contains("qcow2").doesNotContain("cannot boot");
    }

    @Test
    void a_truncated_image_is_refused() throws Exception {
        Path half = file("half.ext4");
        try (RandomAccessFile bytes = new RandomAccessFile(half.toFile(), "rw")) {
            bytes.setLength(LabImage.SIZE / 2);
        }
        assertThat(failsUntouched(with(half))).contains("truncated", "" + LabImage.SIZE);
    }

    @Test
    void an_image_with_another_checksum_is_refused() throws Exception {
        assertThat(failsUntouched(Map.of("image_checksum", "sha256:" + "0".repeat(64))))
                .contains("checksum");
    }

    @Test
    void files_outside_the_allowed_folders_are_refused_at_once() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "root:x");
        Path link = Files.createSymbolicLink(folder.resolve("files/link"), secret);
        Path device = Files.createSymbolicLink(folder.resolve("files/zero"), Path.of("/dev/zero"));
        for (String reference : List.of(
                secret.toUri().toString(),
                "file://" + link,
                "file://" + device,
                "file:///dev/zero",
                "file:///etc/passwd",
                "file://" + folder.resolve("files") + "/../secret")) {
            for (String field : List.of("image_source", "kernel", "ramdisk")) {
                assertThat(refusedAtOnce(Map.of(field, reference)))
                        .as(field + " " + reference)
                        .contains(field, "outside the folders");
            }
        }
        assertThat(refusedAtOnce(Map.of("image_source", "file://" + folder.resolve("files"))))
                .contains("not a regular file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image_checksum   | md5:d41d8cd98f00b204e9800998ecf8427e | image_checksum",
                "root_gb          | -1                                   | root_gb",
                "root_gb          | 0                                    | root_gb",
                "swap_mb          | lots                                 | swap_mb",
                "ephemeral_format | ../../bin/sh                         | ephemeral_format",
                "image_source     | http://127.0.0.1:1/root.ext4         | image_source",
                "image_source     | gopher://127.0.0.1/root              | image_source"
            })
    void nonsense_in_instance_info_is_refused_at_once(String field, String value, String why) throws Exception {
        assertThat(refusedAtOnce(Map.of(field, value))).contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local now", "local\nnow", "local\"", "local'", "$(reboot)", "a;b"})
    void parameters_that_a_shell_would_take_apart_are_refused_at_once(String value) throws Exception {
        EnrolledNode odd = datacenter.enrol("odd-" + Integer.toHexString(value.hashCode()));
        odd.set("/properties", Map.of("capabilities", "boot_option:" + value));
        odd.setInstanceInfo(datacenter.supplies().instanceInfo());

        Rest.Answer answer = odd.provision("active");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fault()).contains("boot_option");
        assertThat(odd.powerEvents()).isEmpty();
    }

    /** Asks for a deploy, which must be refused with nothing changed; returns the reason. */
    private static String refusedAtOnce(Map<String, Object> more) throws IOException {
        Map<String, Object> info = datacenter.supplies().instanceInfo();
        info.putAll(more);
        node.setInstanceInfo(info);
        JsonNode before = node.show();
        Rest.Answer answer = node.provision("active");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(node.show()).isEqualTo(before);
        return answer.fault();
    }

    /** Begins a deploy that must fail before the iLO has done anything; returns last_error. */
    private static String failsUntouched(Map<String, Object> more) throws IOException {
        List<Kind> before = node.powerEvents();
        int inserted = node.hardware().ilo().events(Kind.INSERTED).size();
        node.beginDeploy(more);
        String why = node.fails();
        assertThat(node.powerEvents()).isEqualTo(before);
        assertThat(node.hardware().ilo().events(Kind.INSERTED)).hasSize(inserted);
        datacenter.keepsNothingOf(node);
        assertThat(datacenter.published()).isEmpty();
        node.tearDown();
        datacenter.toldNoSecrets();
        return why;
    }

    /** The image without the checksum that would not fit. */
    private static Map<String, Object> with(Path image) {
        Map<String, Object> info = new HashMap<>();
        info.put("image_source", image.toUri().toString());
        info.put("image_checksum", null);
        return info;
    }

    private static Path file(String name) throws IOException {
        return Files.copy(datacenter.supplies().image(), folder.resolve("files").resolve(name));
    }

    /** The header of a version 3 qcow2 of 1 MiB with a backing file, in the size of a cluster. */
    private static byte[] qcow2Backedby(String file) {
        ByteBuffer image = ByteBuffer.allocate(4 << 16);
        image.putInt(0x514649fb).putInt(3).putLong(112).putInt(file.length()).putInt(16);
        image.putLong(1 << 20)
                .putInt(0)
                .putInt(1)
                .putLong(3 << 16)
                .putLong(1 << 16)
                .putInt(1);
        image.position(96).putInt(4).putInt(104);
        image.position(112).put(file.getBytes(StandardCharsets.US_ASCII));
        return image.array();
    }
}
