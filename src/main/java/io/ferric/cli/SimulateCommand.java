package io.ferric.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.cli.terminal.PasswordFile;
import io.ferric.cli.terminal.UsageException;
import io.ferric.lab.ilo.AcpiHost;
import io.ferric.lab.ilo.IloEvent;
import io.ferric.lab.ilo.IloFarm;
import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.IloProfile;
import io.ferric.lab.ilo.IloScript;
import io.ferric.lab.ilo.IloScriptException;
import io.ferric.lab.ilo.SimulatedIlo;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ferric simulate}: pretend hardware for other programs to talk to. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Pretend to be hardware that other programs can talk to.",
        subcommands = SimulateCommand.Ilo.class)
final class SimulateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to simulate: ilo.");
    }

    /** {@code ferric simulate ilo}. */
    @Command(
            name = "ilo",
            mixinStandardHelpOptions = true,
            description = "Be an iLO, or many, until Ctrl-C: RIBCL, Redfish and HP RESTful over one state.")
    static final class Ilo implements Callable<Integer> {
        private static final int MAX_COUNT = 10_000;
        private static final int MAX_PORT = 65_535;
        private static final int MAX_POST = 3_600;

        @Option(
                names = "--profile",
                defaultValue = "ilo4-gen9",
                paramLabel = "P",
                description = "ilo3-g7, ilo4-gen8, ilo4-gen9, ilo5, ilo6 or ilo7 (default: ${DEFAULT-VALUE}).")
        private String profile;

        @Option(
                names = "--listen",
                defaultValue = "127.0.0.1:0",
                paramLabel = "H:P",
                description = "Where to listen; port 0 is any free one (default: ${DEFAULT-VALUE}).")
        private String listen;

        @Option(
                names = "--count",
                defaultValue = "1",
                paramLabel = "N",
                description = "How many iLOs, on ports from that of --listen on.")
        private int count;

        @Option(
                names = "--fault",
                paramLabel = "NAME[:TIMES]",
                description = "A way to misbehave, that many times or always; may be repeated.")
        private List<String> faults = List.of();

        @Option(names = "--script", paramLabel = "FILE", description = "What happens while it runs; docs/simulator.md.")
        private Optional<Path> script = Optional.empty();

        @Option(
                names = "--user",
                defaultValue = SimulatedIlo.DEFAULT_USER,
                paramLabel = "U",
                description = "The administrator's name (default: ${DEFAULT-VALUE}).")
        private String user;

        @Option(
                names = "--password-file",
                paramLabel = "F",
                description = "File whose first line is the password; without it the password is "
                        + SimulatedIlo.DEFAULT_PASSWORD + ".")
        private Optional<Path> passwordFile = Optional.empty();

        @Option(names = "--serial", defaultValue = "CZ1234ABCD", paramLabel = "S", description = "The serial number.")
        private String serial;

        @Option(
                names = "--post",
                defaultValue = "0",
                paramLabel = "SECONDS",
                description = "How long the server's self-test takes (default: ${DEFAULT-VALUE}).")
        private int post;

        @Option(names = "--events", description = "Print what happens.")
        private boolean events;

        @Option(names = "--json", description = "Print JSON, one object a line.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            Map<IloFault, Integer> wanted = wantedFaults();
            Optional<IloScript> plan = plan();
            try (StopSignal stop = new StopSignal();
                    IloFarm farm = start()) {
                stop.arm();
                farm.ilos().forEach(ilo -> prepare(ilo, wanted, plan));
                farm.ilos().forEach(this::announce);
                stop.await();
            }
            return 0;
        }

        private IloFarm start() throws IOException {
            IloProfile which = IloProfile.ofWireName(profile)
                    .orElseThrow(() -> new UsageException("--profile " + profile + " is not known; write one of "
                            + Arrays.stream(IloProfile.values())
                                    .map(IloProfile::wireName)
                                    .collect(Collectors.joining(", "))));
            HostAndPort where = HostAndPort.parse("--listen", listen, 0);
            require(where.port() <= MAX_PORT, "--listen " + listen + ": there is no port beyond " + MAX_PORT);
            boolean fits = where.port() == 0 || where.port() + count - 1 <= MAX_PORT;
            require(
                    count >= 1 && count <= MAX_COUNT && fits,
                    "--count " + count + " does not go: 1 to " + MAX_COUNT + " iLOs, and no port beyond " + MAX_PORT);
            require(post >= 0 && post <= MAX_POST, "--post " + post + " must be from 0 to " + MAX_POST + " seconds");
            require(!user.isBlank(), "--user is empty");
            require(serial.matches("[A-Za-z0-9]+"), "--serial '" + serial + "' must be letters and digits");
            InetAddress host = InetAddress.getByName(where.host());
            String password =
                    passwordFile.isPresent() ? PasswordFile.read(passwordFile.get()) : SimulatedIlo.DEFAULT_PASSWORD;
            try {
                return farm(which, where, host, password);
            } catch (BindException e) {
                throw new IOException("cannot listen on " + listen + (count > 1 ? " and the ports after it" : "") + ": "
                        + e.getMessage());
            }
        }

        private static void require(boolean fine, String complaint) {
            if (!fine) {
                throw new UsageException(complaint);
            }
        }

        private IloFarm farm(IloProfile which, HostAndPort where, InetAddress host, String password)
                throws IOException {
            return IloFarm.start(count, i -> SimulatedIlo.builder()
                    .serial(
                            count == 1
                                    ? serial
                                    : "%s%05d".formatted(serial.substring(0, Math.min(5, serial.length())), i))
                    .profile(which)
                    .listen(host, where.port() == 0 ? 0 : where.port() + i)
                    .user(user, password)
                    .post(Duration.ofSeconds(post)));
        }

        private Map<IloFault, Integer> wantedFaults() {
            Map<IloFault, Integer> wanted = new LinkedHashMap<>();
            for (String each : faults) {
                String[] parts = each.split(":", 2);
                IloFault fault = IloFault.ofName(parts[0])
                        .orElseThrow(() -> new UsageException(
                                "--fault " + parts[0] + " is not known; write one of " + IloFault.names()));
                if (parts.length == 2 && !parts[1].matches("[1-9]\\d{0,5}")) {
                    throw new UsageException("--fault " + each + ": after the colon comes how often, from 1 up");
                }
                wanted.put(fault, parts.length == 2 ? Integer.parseInt(parts[1]) : Integer.MAX_VALUE);
            }
            return wanted;
        }

        private Optional<IloScript> plan() throws IOException {
            if (script.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(IloScript.parse(Files.readAllLines(script.get())));
            } catch (IloScriptException e) {
                throw new UsageException("--script " + script.get() + ", " + e.getMessage());
            } catch (CharacterCodingException e) {
                throw new UsageException("--script " + script.get() + " is no text in UTF-8");
            }
        }

        private void prepare(SimulatedIlo ilo, Map<IloFault, Integer> wanted, Optional<IloScript> plan) {
            ilo.state().attach(new AcpiHost(ilo.state()));
            if (events) {
                ilo.state().onEvent(event -> print(ilo, event));
            }
            wanted.forEach(ilo.faults()::inject);
            plan.ifPresent(ilo::run);
        }

        private static String address(SimulatedIlo ilo) {
            return new HostAndPort(
                            ilo.address().getAddress().getHostAddress(),
                            ilo.address().getPort())
                    .toString();
        }

        private void announce(SimulatedIlo ilo) {
            if (json) {
                print(new ObjectMapper()
                        .createObjectNode()
                        .put("address", address(ilo))
                        .put("profile", ilo.profile().wireName())
                        .put("fingerprint", ilo.fingerprint())
                        .put("user", user));
            } else {
                print("iLO " + ilo.profile().wireName() + " at " + address(ilo) + " fingerprint " + ilo.fingerprint()
                        + " user " + user);
            }
        }

        private void print(SimulatedIlo ilo, IloEvent event) {
            if (json) {
                print(new ObjectMapper()
                        .createObjectNode()
                        .put("at", event.at().toString())
                        .put("address", address(ilo))
                        .put("event", event.kind().name())
                        .put("detail", event.detail()));
            } else {
                print(event.at() + " " + address(ilo) + " " + event);
            }
        }

        private void print(ObjectNode object) {
            print(object.toString());
        }

        private void print(String line) {
            PrintWriter out = spec.commandLine().getOut();
            synchronized (out) {
                out.println(line);
                out.flush();
            }
        }
    }
}
