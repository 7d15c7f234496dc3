package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ServerFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The floppy holds the deploy key and a token, so it is there only from the moment it is inserted until the ramdisk has
 * called, or the deploy has ended in any other way. That a timeout ends it too is shown in {@link
 * SilentServerJourneyTest}.
 */
class FloppyLifeJourneyTest {
    @TempDir
    private static Path folder;

    private static Datacenter datacenter;

    @BeforeAll
    static void start() throws Exception {
        datacenter = Datacenter.in(folder, Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    private static List<String> floppies() {
        try {
            return datacenter.published().stream()
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("image-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void it_is_gone_before_the_ramdisk_is_sent_off() throws Exception {
        Map<Stage, List<String>> seen = new ConcurrentHashMap<>();
        EnrolledNode node = datacenter.enrol("floppy-success", event -> seen.putIfAbsent(event.stage(), floppies()));
        node.deploy(Map.of());
        assertThat(seen.get(Stage.ORDERED)).singleElement().asString().startsWith("image-" + node.uuid());
        assertThat(seen.get(Stage.DONE)).isEmpty();
        node.tearDown();
        assertThat(floppies()).isEmpty();
    }

    @Test
    void it_is_gone_after_a_failure() throws Exception {
        EnrolledNode node = datacenter.enrol("floppy-failure");
        node.hardware().server().faults().inject(ServerFault.ERROR_IN_CALLBACK, 1);
        node.beginDeploy(Map.of());
        node.fails();
        assertThat(floppies()).isEmpty();
    }

    @Test
    void it_is_gone_after_an_abort() throws Exception {
        EnrolledNode node = waiting("floppy-abort");
        node.ask("abort");
        node.fails();
        assertThat(floppies()).isEmpty();
    }

    @Test
    void it_is_gone_after_a_tear_down() throws Exception {
        EnrolledNode node = waiting("floppy-tear-down");
        node.tearDown();
        assertThat(floppies()).isEmpty();
    }

    private static EnrolledNode waiting(String name) throws IOException {
        EnrolledNode node = datacenter.enrol(name);
        node.hardware().server().faults().inject(ServerFault.NO_CALLBACK, 1);
        node.beginDeploy(Map.of());
        node.reaches("wait call-back");
        assertThat(floppies()).singleElement().asString().startsWith("image-" + node.uuid());
        return node;
    }
}
