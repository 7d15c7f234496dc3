package io.ferric.cli;

import io.ferric.ConfigException;
import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.cli.terminal.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ferric serve}: the service, until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Run the conductor and its REST API until SIGTERM or Ctrl-C.",
            "Visits that run then are interrupted and run again at the next start."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration; config/ferric.yaml shows every key. Embedded defaults when not given.")
    private Optional<Path> file;

    @Override
    public Integer call() throws Exception {
        long start = System.nanoTime();
        FerricConfig config = file.isPresent() ? ConfigFile.read("--config", file.get()) : FerricConfig.defaults();
        try (StopSignal stop = new StopSignal();
                Ferric ferric = start(config)) {
            stop.arm();
            spec.commandLine()
                    .getErr()
                    .printf(
                            "ferric is ready after %.1f s: REST API at %s, images at %s, state in %s%n",
                            (System.nanoTime() - start) / 1e9,
                            ferric.restUri(),
                            ferric.imagesUri().map(Object::toString).orElse("Swift"),
                            config.stateDirectory().toAbsolutePath());
            stop.await();
        }
        return 0;
    }

    private static Ferric start(FerricConfig config) throws IOException {
        try {
            return Ferric.builder().config(config).start();
        } catch (ConfigException | IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
