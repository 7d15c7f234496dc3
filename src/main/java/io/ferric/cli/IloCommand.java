package io.ferric.cli;

import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ferric ilo}: asks one iLO, without a conductor. The commands are in the classes beside it, by subject. */
@Command(
        name = "ilo",
        mixinStandardHelpOptions = true,
        description = "Ask or tell an iLO something, without a conductor.")
final class IloCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** With all its commands. */
    static CommandLine commandLine() {
        CommandLine ilo = new CommandLine(new IloCommand());
        Stream.of(new IloQuestionCommands(), new IloPowerCommands(), new IloMediaCommands())
                .map(CommandLine::new)
                .forEach(group -> group.getSubcommands().forEach(ilo::addSubcommand));
        return ilo;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Name what to do: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()) + ".");
    }
}
