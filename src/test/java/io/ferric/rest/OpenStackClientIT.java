package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.testkit.OpenStack;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others wrote for Ironic, with Ferric: the openstack client drives it through {@code src/it/api/commands.txt}, and
 * the real Ironic is asked what {@code stories.txt} asks, to compare the answers.
 */
class OpenStackClientIT {
    private static final String CONFIG = """
            state_directory: %s
            conductor:
              host: 127.0.0.1
              polling_interval: 100ms
            publisher:
              local:
                port: 0
            """;

    @TempDir
    Path folder;

    @Test
    void the_openstack_client_does_all_it_does_with_ironic() throws Exception {
        try (Ferric ferric = serve("rest:\n  port: 0\n")) {
            String said = python(
                    Map.of(
                            "OS_AUTH_TYPE",
                            "none",
                            "OS_ENDPOINT",
                            ferric.restUri().toString()),
                    "cli.py");
            assertThat(said).contains(" commands, 0 faults");
        }
    }

    @Test
    void the_openstack_client_does_it_with_a_token_of_keystone_too() throws Exception {
        OpenStack openStack = OpenStack.shared();
        Path key = Files.writeString(folder.resolve("key"), openStack.ferric().password());
        try (Ferric ferric = serve("""
                openstack:
                  auth_url: %s
                  user: ferric
                  key_file: %s
                  tenant_name: service
                rest:
                  port: 0
                  auth_strategy: keystone
                """.formatted(openStack.authUrl(), key))) {
            Map<String, String> user = openStack.cli(openStack.admin());
            user.put("OS_BAREMETAL_ENDPOINT_OVERRIDE", ferric.restUri().toString());
            String said = python(user, "cli.py", "--until", "chassis");
            assertThat(said).contains(" commands, 0 faults");
        }
    }

    private Ferric serve(String more) throws IOException {
        Path config =
                Files.writeString(folder.resolve("ferric.yaml"), CONFIG.formatted(folder.resolve("state")) + more);
        return Ferric.builder().config(FerricConfig.read(config)).start();
    }

    private static String python(Map<String, String> environment, String script, String... arguments)
            throws IOException {
        Peer.requireFile("/usr/lib/python3/dist-packages/ironicclient/__init__.py", "python3-ironicclient");
        Peer.requireFile("/usr/lib/python3/dist-packages/openstackclient/shell.py", "python3-openstackclient");
        List<String> command = Stream.concat(
                        Stream.of("/usr/bin/python3", "-B", "src/it/api/" + script), Stream.of(arguments))
                .toList();
        Path output = Files.createTempFile("api", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OS_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            await().atMost(Duration.ofMinutes(6)).until(() -> !process.isAlive());
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
