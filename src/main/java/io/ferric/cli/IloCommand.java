package io.ferric.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.connect.IloConnections;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.node.BootDevice;
import io.ferric.node.Masking;
import io.ferric.node.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ferric ilo}: asks one iLO, without a conductor. */
@Command(
        name = "ilo",
        mixinStandardHelpOptions = true,
        description = "Ask or tell an iLO something, without a conductor.")
final class IloCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Name what to do: info, power-status, power-on, power-off, reset, license, vmedia-insert, vmedia-status,"
                        + " vmedia-eject or boot-once.");
    }

    /** The options that say which iLO, and how the answer is shown. */
    static final class Access {
        @Option(
                names = "--address",
                required = true,
                paramLabel = "H[:P]",
                description = "The iLO; port 443 if not given.")
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
                names = "--timeout",
                defaultValue = "60",
                paramLabel = "SECONDS",
                description = "How long one call may take (default: ${DEFAULT-VALUE}).")
        private int timeout;

        @Option(names = "--trace", description = "Show what is said on standard error; secrets are masked.")
        private boolean trace;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        IloClient connect(PrintWriter err) throws IOException {
            HostAndPort where = HostAndPort.parse("--address", address, 443);
            IloTrust trust = trust();
            IloAccess access = new IloAccess(
                    where.host(),
                    where.port(),
                    username,
                    Secret.of(PasswordFile.read(passwordFile)),
                    Duration.ofSeconds(timeout),
                    trust);
            IloTrace tracer = trace ? (bmc, direction, text) -> err.println(direction + " " + text) : IloTrace.NONE;
            return IloConnections.create(tracer).connect(access);
        }

        private IloTrust trust() {
            try {
                return IloTrust.parse(verify);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--verify " + verify + ": " + e.getMessage());
            }
        }
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "Tell what server and iLO it is, and how they stand.")
    int info(@Mixin Access access) throws IOException {
        IloClient ilo = connect(access);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("product", ilo.productName());
        Firmware firmware = ilo.firmware();
        facts.put("management_processor", firmware.processor());
        facts.put("firmware", firmware.version());
        facts.put("licenses", ilo.licenses().stream().map(License::type).toList());
        facts.put("power", ilo.power().wireName());
        facts.put("one_time_boot", ilo.oneTimeBoot().name().toLowerCase(Locale.ROOT));
        facts.put("boot_mode", ilo.currentBootMode().map(Object::toString).orElse("unknown"));
        firmware.warning().ifPresent(warning -> facts.put("warning", warning));
        return show(access, facts);
    }

    @Command(name = "power-status", mixinStandardHelpOptions = true, description = "Tell whether the server is on.")
    int powerStatus(@Mixin Access access) throws IOException {
        return show(access, Map.of("power", connect(access).power().wireName()));
    }

    @Command(name = "power-on", mixinStandardHelpOptions = true, description = "Switch the server on.")
    int powerOn(@Mixin Access access) throws IOException {
        connect(access).powerOn();
        return show(access, Map.of("asked", "power on"));
    }

    @Command(
            name = "power-off",
            mixinStandardHelpOptions = true,
            description = "Switch the server off at once, as by holding its button.")
    int powerOff(@Mixin Access access) throws IOException {
        connect(access).holdPowerButton();
        return show(access, Map.of("asked", "power off"));
    }

    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description = "Reset a server that is on, without shutting it down.")
    int reset(@Mixin Access access) throws IOException {
        connect(access).reset();
        return show(access, Map.of("asked", "reset"));
    }

    @Command(
            name = "license",
            mixinStandardHelpOptions = true,
            description = "Tell which licenses the iLO has, and whether virtual media works with them.")
    int license(@Mixin Access access) throws IOException {
        List<License> licenses = connect(access).licenses();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("licenses", licenses.stream().map(License::type).toList());
        facts.put("virtual_media", licenses.stream().anyMatch(License::allowsVirtualMedia));
        return show(access, facts);
    }

    @Command(
            name = "vmedia-insert",
            mixinStandardHelpOptions = true,
            description = "Put an image into a virtual drive, and read back whether it is in.")
    int insert(
            @Mixin Access access,
            @Parameters(index = "0", paramLabel = "DRIVE", description = "${COMPLETION-CANDIDATES}") MediaDrive drive,
            @Parameters(index = "1", paramLabel = "URL", description = "Where the iLO fetches it.") URI url)
            throws IOException {
        IloClient ilo = connect(access);
        ilo.insertMedia(drive, url);
        ilo.connectMedia(drive, MediaUse.CONNECT);
        MediaStatus status = ilo.mediaStatus(drive);
        if (!status.inserted()) {
            throw new IOException("the iLO reported success, but nothing is in its " + drive
                    + " drive: it may not be able to reach the host of the URL");
        }
        return show(access, facts(drive, status));
    }

    @Command(
            name = "vmedia-status",
            mixinStandardHelpOptions = true,
            description = "Tell what is in the virtual drives.")
    int status(@Mixin Access access) throws IOException {
        IloClient ilo = connect(access);
        Map<String, Object> facts = new LinkedHashMap<>();
        for (MediaDrive drive : MediaDrive.values()) {
            facts.putAll(facts(drive, ilo.mediaStatus(drive)));
        }
        return show(access, facts);
    }

    @Command(
            name = "vmedia-eject",
            mixinStandardHelpOptions = true,
            description = "Take out what is in a virtual drive.")
    int eject(
            @Mixin Access access,
            @Parameters(paramLabel = "DRIVE", description = "${COMPLETION-CANDIDATES}") MediaDrive drive)
            throws IOException {
        IloClient ilo = connect(access);
        ilo.ejectMedia(drive);
        return show(access, facts(drive, ilo.mediaStatus(drive)));
    }

    @Command(
            name = "boot-once",
            mixinStandardHelpOptions = true,
            description = "Say what the next boot, and only the next, comes from.")
    int bootOnce(
            @Mixin Access access,
            @Parameters(paramLabel = "DEVICE", description = "${COMPLETION-CANDIDATES}") BootDevice device)
            throws IOException {
        connect(access).setOneTimeBoot(device);
        return show(access, Map.of("one_time_boot", device.wireName()));
    }

    private IloClient connect(Access access) throws IOException {
        return access.connect(spec.commandLine().getErr());
    }

    private static Map<String, Object> facts(MediaDrive drive, MediaStatus status) {
        String name = drive.name().toLowerCase(Locale.ROOT);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(name + "_inserted", status.inserted());
        status.image().ifPresent(url -> facts.put(name + "_image", Masking.text(url)));
        return facts;
    }

    private int show(Access access, Map<String, Object> facts) {
        PrintWriter out = spec.commandLine().getOut();
        if (access.json) {
            ObjectNode node = new ObjectMapper().valueToTree(facts);
            out.println(node.toPrettyString());
        } else {
            facts.forEach((key, value) -> out.printf("%-20s %s%n", key.replace('_', ' '), value));
        }
        return 0;
    }
}
