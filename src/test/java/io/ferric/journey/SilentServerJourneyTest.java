package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.lab.ServerFault;
import io.ferric.lab.ilo.IloFault;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose ramdisk never calls: the timeout says what is known of the reason. */
class SilentServerJourneyTest {
    @TempDir
    private static Path folder;

    private static Datacenter datacenter;

    @BeforeAll
    static void start() throws Exception {
        datacenter = Datacenter.in(folder, Map.of("conductor.deploy_callback_timeout", "3s"));
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    @Test
    void an_ilo_that_never_fetched_the_media_is_named_as_the_reason() throws Exception {
        EnrolledNode node = datacenter.enrol("unread");
        node.hardware().ilo().faults().always(IloFault.NEVER_FETCHES);
        node.beginDeploy(Map.of());

        assertThat(node.fails())
                .contains("Timeout reached while waiting for callback", "The iLO never fetched", node.uuid());
        nothingIsLeftOf(node);

        node.tearDown();
    }

    @Test
    void a_ramdisk_that_does_not_call_is_told_from_media_that_were_not_fetched() throws Exception {
        EnrolledNode node = datacenter.enrol("mute");
        node.hardware().server().faults().inject(ServerFault.NO_CALLBACK, 1);
        node.beginDeploy(Map.of());

        assertThat(node.fails())
                .contains("Timeout reached while waiting for callback", "but the ramdisk did not call back");
        nothingIsLeftOf(node);
    }

    private static void nothingIsLeftOf(EnrolledNode node) throws Exception {
        datacenter.keepsNothingOf(node);
        assertThat(datacenter.published()).isEmpty();
        datacenter.rest().get(node.path() + "/history");
        datacenter.toldNoSecrets();
    }
}
