package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.driver.Findings;
import io.ferric.image.Content;
import io.ferric.image.ImageFormat;
import io.ferric.image.ImageInfo;
import io.ferric.image.Images;
import io.ferric.image.IsoImage;
import io.ferric.image.VfatImage;
import io.ferric.node.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDriveTest {
    private static final String SECRET = "hunter2";

    @TempDir
    Path temp;

    private final Findings findings = new Findings();

    @Test
    void a_node_without_one_has_none() {
        assertThat(ConfigDrive.read(new FakeTask().node(), findings)).isEmpty();
        assertThat(read("  ")).isEmpty();
        assertThat(findings.isEmpty()).isTrue();
    }

    @Test
    void unpacks_the_image_that_nova_sends() throws IOException {
        byte[] iso = iso("config-2");

        assertThat(written(read(encoded(iso)))).isEqualTo(iso);
        String inLines = Base64.getMimeEncoder().encodeToString(gzip(iso)) + "\n";
        assertThat(written(read(inLines))).isEqualTo(iso);
    }

    @Test
    void takes_a_vfat_image_too() throws IOException {
        Path file = temp.resolve("vfat");
        Images.createVfatImage(VfatImage.labelled("config-2").build(), file);

        assertThat(read(encoded(Files.readAllBytes(file)))).isPresent();
    }

    @Test
    void makes_an_image_of_an_object() throws IOException {
        Map<String, Object> parts = Map.of(
                "meta_data",
                Map.of("hostname", "web-1", "public_keys", Map.of("me", "ssh-ed25519 AAAA")),
                "user_data",
                "#cloud-config\npassword: " + SECRET + "\n",
                "network_data",
                Map.of("links", List.of()),
                "vendor_data",
                "{\"a\": 1}");
        byte[] iso = written(read(parts));
        ImageInfo info = ImageInfo.inspect(new HeadChannel(iso, iso.length));

        assertThat(info.format()).isEqualTo(ImageFormat.ISO);
        assertThat(info.label()).contains("config-2");
        assertThat(new String(iso, StandardCharsets.ISO_8859_1))
                .contains(
                        "\"hostname\":\"web-1\"", "#cloud-config\npassword: " + SECRET, "{\"links\":[]}", "{\"a\":1}");
        assertThat(written(read(new ObjectMapper().writeValueAsString(parts)))).hasSize(iso.length);
    }

    @Test
    void the_instance_can_always_be_told_from_others() throws IOException {
        assertThat(text(read(Map.of("user_data", "x")))).contains("\"uuid\":\"" + FakeTask.NODE + "\"");
        Node node = node(Map.of("meta_data", "{}"));
        UUID instance = UUID.randomUUID();
        Node claimed =
                node.with(node.spec().withInstanceUuid(Optional.of(instance)).withName("rack1-5"));

        assertThat(text(ConfigDrive.read(claimed, findings)))
                .contains("\"uuid\":\"" + instance + "\"", "\"hostname\":\"rack1-5\"");
        assertThat(text(read(Map.of("meta_data", Map.of("uuid", "mine"))))).contains("\"uuid\":\"mine\"");
    }

    @Test
    void user_data_may_be_an_object_as_well() throws IOException {
        assertThat(text(read(Map.of("user_data", Map.of("ignition", Map.of("version", "3.0.0"))))))
                .contains("{\"ignition\":{\"version\":\"3.0.0\"}}");
    }

    @Test
    void says_what_is_wrong_and_how_to_put_it_right() throws IOException {
        assertUnusable("!!! " + SECRET, "is not base64");
        assertUnusable(Base64.getEncoder().encodeToString(iso("config-2")), "not gzipped");
        assertUnusable(encoded(iso("config-2")).replaceFirst("(?<=.{200})", "!"), "is not base64");
        assertUnusable(encoded(SECRET.getBytes(StandardCharsets.UTF_8)), "holds no ISO 9660 or vfat image");
        assertUnusable(encoded(iso("cidata")), "label 'cidata'", "config-2");
        byte[] gzip = gzip(iso("config-2"));
        assertUnusable(
                Base64.getEncoder().encodeToString(Arrays.copyOf(gzip, gzip.length - 100)), "damaged or break off");
        byte[] iso = iso("config-2");
        assertUnusable(encoded(Arrays.copyOf(iso, iso.length - 4096)), "breaks off");
        assertUnusable("https://user:" + SECRET + "@host/drive", "is a URL");
        assertUnusable("{\"meta_data\": " + SECRET, "begins like a JSON object but is none");
        assertUnusable(List.of(SECRET), "neither a text nor an object");
        assertUnusable(Map.of("userdata", SECRET), "unknown part userdata", "user_data");
        assertUnusable(Map.of("meta_data", SECRET), "meta_data that is no JSON object");
        assertUnusable(Map.of("network_data", List.of(SECRET)), "network_data that is no JSON object");
    }

    @Test
    void bombs_and_other_large_things_are_refused_without_being_held() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 100; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        assertUnusable(Base64.getEncoder().encodeToString(bytes.toByteArray()), "more than 64 MiB");
        assertUnusable(Map.of("user_data", "x".repeat(33 << 20)), "more than 64 MiB");
    }

    @Test
    void never_shows_what_is_in_it() throws IOException {
        assertThat(read(Map.of("user_data", SECRET)).orElseThrow().toString()).isEqualTo("***");
        assertThat(read(encoded(iso("config-2"))).orElseThrow().toString()).isEqualTo("***");
        assertThat(node(Map.of("user_data", SECRET)).toString()).doesNotContain(SECRET);
    }

    private void assertUnusable(Object value, String... words) {
        Findings found = new Findings();
        assertThat(ConfigDrive.read(node(value), found)).isEmpty();
        assertThat(found.all()).hasSize(1);
        assertThat(found.text())
                .startsWith("'instance_info/configdrive' ")
                .contains(words)
                .doesNotContain(SECRET);
    }

    private Optional<ConfigDrive> read(Object value) {
        return ConfigDrive.read(node(value), findings);
    }

    private static Node node(Object configDrive) {
        return new FakeTask()
                .withInstanceInfo(new HashMap<>(Map.of("configdrive", configDrive)))
                .node();
    }

    private String text(Optional<ConfigDrive> drive) throws IOException {
        return new String(written(drive), StandardCharsets.ISO_8859_1);
    }

    private byte[] written(Optional<ConfigDrive> drive) throws IOException {
        Path file = temp.resolve("drive-" + UUID.randomUUID());
        drive.orElseThrow(() -> new AssertionError(findings.text())).writeTo(file);
        return Files.readAllBytes(file);
    }

    private byte[] iso(String label) throws IOException {
        Path file = temp.resolve("iso-" + UUID.randomUUID());
        Images.createIsoImage(
                IsoImage.labelled(label)
                        .file("openstack/latest/meta_data.json", Content.of("{\"uuid\": \"1\"}"))
                        .build(),
                file);
        return Files.readAllBytes(file);
    }

    private static String encoded(byte[] image) throws IOException {
        return Base64.getEncoder().encodeToString(gzip(image));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
