package io.ferric.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.cli.terminal.PasswordFile;
import io.ferric.cli.terminal.UsageException;
import io.ferric.ilo.client.Answer;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.TlsAge;
import io.ferric.node.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every {@code ferric ilo} command: which iLO, how to speak to it, and how the answer is shown. */
final class IloOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--address", required = true, paramLabel = "H[:P]", description = "The iLO; port 443 if not given.")
    private String address;

    @Option(names = "--username", required = true, paramLabel = "U", description = "The user to log in as.")
    private String username;

    @Option(
            names = "--password-file",
            required = true,
            paramLabel = "F",
            description = "File whose first line is the password.")
    private Path passwordFile;

    @Option(
            names = "--verify",
            defaultValue = "system",
            paramLabel = "HOW",
            description = "What its certificate is held against: a file or folder of CA certificates, a SHA-256 "
                    + "fingerprint, 'system' (this Java's CAs, the default) or 'off'.")
    private String verify;

    @Option(
            names = "--protocol",
            defaultValue = "auto",
            paramLabel = "P",
            description = "auto, ribcl or redfish (default: ${DEFAULT-VALUE}, what suits the iLO and the question).")
    private String protocol;

    @Option(
            names = "--old-tls",
            description = "Also speak TLS 1.0 and 1.1, for old firmware; others may be able to listen.")
    private boolean oldTls;

    @Option(
            names = "--timeout",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "How long one call may take (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(names = "--trace", description = "Show what is said on standard error; secrets are masked.")
    private boolean trace;

    @Option(
            names = "--trace-file",
            paramLabel = "F",
            description = "Write what is said into this file, as --trace does.")
    private Optional<Path> traceFile = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What is said in a command. */
    interface Talk {
        Map<String, Object> with(IloClient ilo) throws IOException;
    }

    /** Has the talk, logs out, and shows the facts with the protocol that gave them. */
    int ask(Talk talk) throws IOException {
        try (IloVisit visit = visit()) {
            Answer<Map<String, Object>> answer = visit.ask(talk);
            Map<String, Object> facts = new LinkedHashMap<>(answer.value());
            facts.putIfAbsent("protocol", answer.protocol().wireName());
            return show(facts);
        }
    }

    IloVisit visit() throws IOException {
        return IloVisit.to(access(), IloTraceLog.of(trace ? Optional.of(err()) : Optional.empty(), traceFile));
    }

    int show(Map<String, Object> facts) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().valueToTree(facts).toPrettyString());
        } else {
            facts.forEach((key, value) -> lines(key, value).forEach(out::println));
        }
        return 0;
    }

    private static List<String> lines(String key, Object value) {
        String name = String.format("%-20s ", key.replace('_', ' '));
        return value instanceof List<?> all && all.stream().anyMatch(Map.class::isInstance)
                ? all.stream().map(each -> name + words(each)).toList()
                : List.of(name + words(value));
    }

    private static String words(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().map(IloOptions::words).collect(Collectors.joining("  "));
        }
        return value instanceof List<?> all
                ? all.stream().map(IloOptions::words).collect(Collectors.joining(", "))
                : String.valueOf(value);
    }

    private IloAccess access() throws IOException {
        HostAndPort where = HostAndPort.parse("--address", address, 443);
        if (timeout < 1) {
            throw new UsageException("--timeout " + timeout + " must be 1 second or more");
        }
        IloTrust trust = trust();
        Optional<IloProtocol> only = protocol();
        return new IloAccess(
                where.host(),
                where.port(),
                username,
                Secret.of(PasswordFile.read(passwordFile)),
                Duration.ofSeconds(timeout),
                trust,
                only,
                oldTls ? TlsAge.OLD : TlsAge.MODERN);
    }

    private IloTrust trust() {
        try {
            return IloTrust.parse(verify);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--verify " + verify + ": " + e.getMessage());
        }
    }

    private Optional<IloProtocol> protocol() {
        Optional<IloProtocol> only = IloProtocol.ofWireName(protocol);
        if (only.isEmpty() && !protocol.equals("auto")) {
            throw new UsageException("--protocol " + protocol + ": there are auto, ribcl and redfish");
        }
        return only;
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
