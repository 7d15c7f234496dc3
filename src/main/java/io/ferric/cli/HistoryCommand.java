package io.ferric.cli;

import io.ferric.BmcRecord;
import io.ferric.Ferric;
import io.ferric.cli.terminal.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ferric history}: the record of what was done to BMCs. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Look at the record of what was done to BMCs.")
final class HistoryCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Exits with 1 when the record was tampered with. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Verify that no entry of the record was changed, put in or taken out.",
                "An H2 database must not be in use. Keep the hash that this prints elsewhere: who may write the database"
                        + " can make a new chain, but not one with that hash in it."
            })
    int verify(
            @Option(
                            names = "--config",
                            required = true,
                            paramLabel = "FILE",
                            description = "Configuration of the store.")
                    Path file)
            throws IOException {
        BmcRecord verdict;
        try {
            verdict = Ferric.verifyBmcActions(ConfigFile.read("--config", file));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "%d %s whole%s%n",
                        verdict.entries(),
                        verdict.entries() == 1 ? "entry is" : "entries are",
                        verdict.entries() == 0 ? "" : "; the hash of the last is " + verdict.hash());
        verdict.fault()
                .ifPresent(
                        fault -> spec.commandLine().getErr().println("ferric: the record was tampered with: " + fault));
        return verdict.fault().isEmpty() ? 0 : 1;
    }
}
