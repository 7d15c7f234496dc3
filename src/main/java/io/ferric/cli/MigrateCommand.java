package io.ferric.cli;

import io.ferric.Ferric;
import io.ferric.cli.terminal.UsageException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ferric migrate}: from the database of one configuration to that of another. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Copy all that one database holds into another, new one, such as from the H2 file into PostgreSQL.",
            "Stop every Ferric that uses either of them. All is copied or nothing; the first database is left as it is."
        })
final class MigrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "Configuration whose store is read.")
    private Path from;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "Configuration whose store is filled.")
    private Path to;

    @Override
    public Integer call() throws Exception {
        try {
            Ferric.copyDatabase(ConfigFile.read("--from", from), ConfigFile.read("--to", to))
                    .forEach((table, rows) -> spec.commandLine().getOut().printf("%-20s %,12d%n", table, rows));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return 0;
    }
}
