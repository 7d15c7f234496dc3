package io.ferric.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code ferric}. */
@Command(
        name = "ferric",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "A bare-metal conductor: deploys HPE ProLiant servers through their iLO, by virtual media and iSCSI, "
                    + "without PXE, DHCP, root or a kernel module."
        },
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  ferric lab                                a whole deploy on a pretend server, in seconds",
            "  ferric serve --config config/ferric.yaml  the service"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the work failed; one line on standard error says why",
            "2:the command line or the configuration is wrong"
        },
        subcommands = {
            ServeCommand.class,
            LabCommand.class,
            ImageCommand.class,
            IscsiCommand.class,
            IloCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        boolean service = arguments.length > 0 && arguments[0].equals("serve");
        System.setProperty(ProgramLogging.LEVEL, service ? "INFO" : "WARN");
        System.exit(run(arguments));
    }

    /** Runs one command line and returns its exit code. */
    static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, line, parsed) -> fail(line, e));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    private static int fail(CommandLine line, Exception e) {
        PrintWriter err = line.getErr();
        err.println(line.getColorScheme().errorText("ferric: " + Failure.inOneLine(e)));
        if (System.getenv("FERRIC_DEBUG") != null) {
            e.printStackTrace(err);
        }
        return e instanceof UsageException ? 2 : 1;
    }
}
