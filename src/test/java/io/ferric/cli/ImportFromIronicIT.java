package io.ferric.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.testkit.Peer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands and the import, before the real Ironic of the distribution. */
@Timeout(300)
class ImportFromIronicIT {
    @TempDir
    private static Path folder;

    private static Process ironic;
    private static String ironicUrl;
    private static Ferric ferric;

    @BeforeAll
    static void start() throws Exception {
        Peer.requireFile("/usr/bin/ironic-api", "--no-install-recommends ironic-api ironic-conductor");
        Peer.requireFile("/usr/bin/ironic-conductor", "--no-install-recommends ironic-api ironic-conductor");
        ironic = new ProcessBuilder("/usr/bin/python3", "src/it/api/serve_ironic.py")
                .redirectError(folder.resolve("ironic.err").toFile())
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(ironic.getInputStream(), StandardCharsets.UTF_8));
        String line = String.valueOf(said.readLine());
        assertThat(line).as(Files.readString(folder.resolve("ironic.err"))).startsWith("up ");
        ironicUrl = line.split(" ")[1];
        ferric = Ferric.builder()
                .config(FerricConfig.onLoopback(folder, List.of()))
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (ferric != null) {
            ferric.close();
        }
        if (ironic != null) {
            ironic.getOutputStream().close();
            if (!ironic.waitFor(20, TimeUnit.SECONDS)) {
                ironic.destroyForcibly();
            }
        }
    }

    @Test
    void nodes_of_a_real_ironic_come_over_whole_and_a_second_run_finds_them_equal() throws Exception {
        String one = json(at(
                        ironicUrl,
                        "node create --driver fake-hardware --name one --resource-class baremetal --description rack1"
                                + " --property cpus=4 --extra a={\"b\":[1,2]} --driver-info fake_password=hunter2 -f json"))
                .path("uuid")
                .asText();
        at(ironicUrl, "port create 52:54:00:00:00:01 --node " + one);
        at(ironicUrl, "port create 52:54:00:00:00:02 --extra x=1 --no-pxe-enabled --node " + one);
        at(ironicUrl, "node add trait one CUSTOM_GPU");
        at(ironicUrl, "node manage one --wait 60");
        at(ironicUrl, "node provide one --wait 60");
        at(ironicUrl, "node maintenance set one --reason moving");
        at(ironicUrl, "node create --driver ilo --name two --driver-info ilo_address=192.0.2.7");

        Said dry = imports();
        assertThat(dry.out())
                .contains("missing: driver_info/fake_password", "created   node two", "Nothing was changed");

        Path passwords = Files.writeString(folder.resolve("passwords.yaml"), "\"*\": hunter2\n");
        Said said = imports("--apply", "--passwords", passwords.toString());
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        JsonNode here = json(at(ferric.restUri().toString(), "node show one -f json"));
        JsonNode there = json(at(ironicUrl, "node show one -f json"));
        for (String field : List.of(
                "uuid",
                "name",
                "driver",
                "driver_info",
                "properties",
                "extra",
                "resource_class",
                "description",
                "maintenance",
                "maintenance_reason",
                "traits")) {
            assertThat(here.path(field)).as(field).isEqualTo(there.path(field));
        }
        assertThat(here.path("provision_state").asText()).isEqualTo("manageable");
        assertThat(at(ferric.restUri().toString(), "port list --node " + one).out())
                .contains("52:54:00:00:00:01", "52:54:00:00:00:02");

        Said again = imports("--apply", "--passwords", passwords.toString());
        assertThat(again.code()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).contains("same      node one", "same      node two");
    }

    private static Said imports(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "import", "--from-ironic", ironicUrl, "--to", ferric.restUri().toString()));
        words.addAll(List.of(more));
        return Said.by(words.toArray(String[]::new));
    }

    private static Said at(String url, String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" +")));
        words.addAll(List.of("--url", url));
        Said said = Said.by(words.toArray(String[]::new));
        assertThat(said.code()).as("%s: %s", line, said.err()).isZero();
        return said;
    }

    private static JsonNode json(Said said) throws Exception {
        return new ObjectMapper().readTree(said.out());
    }
}
