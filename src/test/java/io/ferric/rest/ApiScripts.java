package io.ferric.rest;

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

/** A Ferric with its REST API, and the scripts of {@code src/it/api} that ask it. */
final class ApiScripts {
    private static final String CONFIG = """
            state_directory: %s
            conductor:
              host: 127.0.0.1
              polling_interval: 100ms
            publisher:
              local:
                port: 0
            """;

    private ApiScripts() {}

    static Ferric serve(Path folder, String more) throws IOException {
        Path config =
                Files.writeString(folder.resolve("ferric.yaml"), CONFIG.formatted(folder.resolve("state")) + more);
        return Ferric.builder().config(FerricConfig.read(config)).start();
    }

    /** As {@link #serve}, for users of that Keystone. */
    static Ferric serveWithKeystone(Path folder, OpenStack openStack) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), openStack.ferric().password());
        return serve(folder, """
                openstack:
                  auth_url: %s
                  user: ferric
                  key_file: %s
                  tenant_name: service
                rest:
                  port: 0
                  auth_strategy: keystone
                """.formatted(openStack.authUrl(), key));
    }

    static String python(Map<String, String> environment, String script, String... arguments) throws IOException {
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
            await().atMost(Duration.ofMinutes(12)).until(() -> !process.isAlive());
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
