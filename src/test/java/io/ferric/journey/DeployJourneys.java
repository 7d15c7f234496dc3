package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.LabImage;
import io.ferric.lab.ilo.MediaDevice;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Deploys that go well, and what is left after their tear-down; the same wherever floppies and ISOs are published. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeployJourneys {
    private Datacenter datacenter;

    /** How it publishes is the subclass's to say. */
    abstract Datacenter open(Path folder) throws Exception;

    /** How often each of a crowd of nodes is deployed. */
    int rounds() {
        return 4;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        datacenter = open(folder);
    }

    @AfterAll
    void stop() throws Exception {
        datacenter.close();
    }

    @Test
    void deploys_tears_down_and_deploys_again() throws Exception {
        EnrolledNode node = datacenter.enrol("first");

        JsonNode active = node.deploy(Map.of("swap_mb", 16, "ephemeral_gb", 1));

        node.holdsTheImage();
        JsonNode said = active.path("driver_internal_info");
        assertThat(said.path("partitions").findValuesAsText("role")).containsExactly("ephemeral", "swap", "root");
        assertThat(said.path("verified").asBoolean()).isTrue();
        assertThat(said.path("root_uuid").asText()).isEqualTo(LabImage.UUID);
        assertThat(node.disk().parts()).hasSize(3);
        assertThat(active.path("reservation").isNull()).isTrue();
        assertThat(active.path("last_error").isNull()).isTrue();
        assertThat(node.hardware().ilo().state().bay(MediaDevice.FLOPPY).inserted())
                .isFalse();
        assertThat(node.hardware().server().console().toString()).doesNotContain("was not logged out");
        datacenter.keepsNothingOf(node);

        node.tearDown();
        datacenter.keepsNothingOf(node);
        assertThat(datacenter.published()).isEmpty();

        node.deploy(Map.of());
        node.holdsTheImage();
        node.tearDown();
        assertThat(datacenter.published()).isEmpty();
        datacenter.toldNoSecrets();
    }

    @Test
    void a_rebuild_keeps_the_ephemeral_partition_when_it_is_told_to() throws Exception {
        EnrolledNode node = datacenter.enrol("rebuilt");
        Map<String, Object> sizes = Map.of("swap_mb", 16, "ephemeral_gb", 1);
        node.deploy(sizes);
        byte[] diary = "dear diary, what I wrote here must survive".getBytes();
        long inEphemeral = node.disk().parts().get(0).start() + (512L << 20);
        try (FileChannel disk = FileChannel.open(node.hardware().server().diskFile(), StandardOpenOption.WRITE)) {
            disk.write(ByteBuffer.wrap(diary), inEphemeral);
            disk.write(
                    ByteBuffer.wrap(new byte[4096]),
                    node.disk().withUuid(LabImage.UUID).orElseThrow().start() + (1L << 20));
        }

        node.set("/instance_info/preserve_ephemeral", true);
        int before = node.instancesUp();
        node.ask("rebuild");
        node.reaches("active");
        node.awaitInstance(before + 1);

        node.holdsTheImage();
        try (FileChannel disk = FileChannel.open(node.hardware().server().diskFile())) {
            ByteBuffer read = ByteBuffer.allocate(diary.length);
            disk.read(read, inEphemeral);
            assertThat(read.array()).isEqualTo(diary);
        }
        node.tearDown();
    }

    @Test
    void two_nodes_of_one_image_share_a_boot_iso_which_goes_with_the_second() throws Exception {
        EnrolledNode one = datacenter.enrol("sharing-1");
        EnrolledNode two = datacenter.enrol("sharing-2");
        JsonNode first = one.deploy(Map.of());
        List<Path> withOne = datacenter.published();
        JsonNode second = two.deploy(Map.of());

        assertThat(bootIso(first)).isNotEmpty().isEqualTo(bootIso(second));
        assertThat(datacenter.published()).containsExactlyInAnyOrderElementsOf(withOne);

        one.tearDown();
        assertThat(datacenter.published()).containsExactlyInAnyOrderElementsOf(withOne);
        int before = two.instancesUp();
        datacenter.rest().send("PUT", two.path() + "/states/power", Map.of("target", "rebooting"));
        two.awaitInstance(before + 1);
        two.isLetGo();

        two.tearDown();
        assertThat(datacenter.published()).isEmpty();
    }

    @Test
    void many_deploys_and_tear_downs_at_once_leave_nothing_behind() throws Exception {
        List<EnrolledNode> nodes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            nodes.add(datacenter.enrol("crowd-" + i));
        }
        ExecutorService users = Executors.newFixedThreadPool(nodes.size());
        try {
            List<Future<?>> stories = new ArrayList<>();
            for (EnrolledNode node : nodes) {
                stories.add(users.submit(() -> {
                    for (int i = 0; i < rounds(); i++) {
                        node.deploy(Map.of());
                        node.tearDown();
                    }
                    return null;
                }));
            }
            for (Future<?> story : stories) {
                story.get();
            }
        } finally {
            users.shutdownNow();
        }
        assertThat(datacenter.published()).isEmpty();
    }

    private static String bootIso(JsonNode node) {
        return node.path("instance_info").path("ilo_boot_iso").asText();
    }
}
