package io.ferric.cli;

import io.ferric.cli.imports.ImportCommand;
import io.ferric.cli.remote.RemoteCommands;
import io.ferric.cli.terminal.Failure;
import io.ferric.cli.terminal.UsageException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
        })
public final class Main implements Runnable {
    /** By name, in the order of the help text; made only when needed, for making them all takes a while. */
    private static final Map<String, Function<List<String>, Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("serve", words -> new ServeCommand());
        COMMANDS.put("lab", words -> new LabCommand());
        RemoteCommands.names().forEach(name -> COMMANDS.put(name, words -> RemoteCommands.group(name, words)));
        COMMANDS.put("import", words -> new ImportCommand());
        COMMANDS.put("migrate", words -> new MigrateCommand());
        COMMANDS.put("history", words -> new HistoryCommand());
        COMMANDS.put("image", words -> new ImageCommand());
        COMMANDS.put("iscsi", words -> new IscsiCommand());
        COMMANDS.put("ilo", words -> IloCommand.commandLine());
        COMMANDS.put("simulate", words -> new SimulateCommand());
        COMMANDS.put("version", words -> new VersionCommand());
        COMMANDS.put("help", words -> new HelpCommand());
    }

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
        return commandLine(arguments).execute(arguments);
    }

    /** Knows the one command that the arguments begin with, or all when they begin with none. */
    static CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        List<String> words = List.of(arguments);
        boolean one = arguments.length > 0 && !arguments[0].equals("help") && COMMANDS.containsKey(arguments[0]);
        COMMANDS.forEach((name, command) -> {
            if (!one || name.equals(arguments[0])) {
                line.addSubcommand(name, command.apply(one ? words.subList(1, words.size()) : List.of()));
            }
        });
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, failed, parsed) -> fail(failed, e));
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
