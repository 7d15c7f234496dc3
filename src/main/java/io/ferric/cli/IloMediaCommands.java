package io.ferric.cli;

import io.ferric.cli.terminal.UsageException;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.Masking;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Virtual media, and what the server boots from. The methods are static, for {@link IloCommand} takes them over. */
@Command
final class IloMediaCommands {
    /** What is done about the boot mode. */
    enum Verb {
        GET,
        SET
    }

    @Command(
            name = "vmedia-insert",
            mixinStandardHelpOptions = true,
            description = "Put an image into a virtual drive, and read back whether it is in.")
    static int insert(
            @Mixin IloOptions options,
            @Parameters(index = "0", paramLabel = "DRIVE", description = "${COMPLETION-CANDIDATES}") MediaDrive drive,
            @Parameters(index = "1", paramLabel = "URL", description = "Where the iLO fetches it.") URI url)
            throws IOException {
        return options.ask(ilo -> {
            ilo.insertMedia(drive, url);
            ilo.connectMedia(drive, MediaUse.CONNECT);
            MediaStatus status = ilo.mediaStatus(drive);
            if (!status.inserted()) {
                throw new IOException("the iLO reported success, but nothing is in its " + drive
                        + " drive: it may not be able to reach the host of the URL");
            }
            return facts(drive, status);
        });
    }

    @Command(
            name = "vmedia-status",
            mixinStandardHelpOptions = true,
            description = "Tell what is in the virtual drives.")
    static int status(@Mixin IloOptions options) throws IOException {
        return options.ask(ilo -> {
            Map<String, Object> facts = new LinkedHashMap<>();
            for (MediaDrive drive : MediaDrive.values()) {
                facts.putAll(facts(drive, ilo.mediaStatus(drive)));
            }
            return facts;
        });
    }

    @Command(
            name = "vmedia-eject",
            mixinStandardHelpOptions = true,
            description = "Take out what is in a virtual drive.")
    static int eject(
            @Mixin IloOptions options,
            @Parameters(paramLabel = "DRIVE", description = "${COMPLETION-CANDIDATES}") MediaDrive drive)
            throws IOException {
        return options.ask(ilo -> {
            ilo.ejectMedia(drive);
            return facts(drive, ilo.mediaStatus(drive));
        });
    }

    @Command(
            name = "boot-once",
            mixinStandardHelpOptions = true,
            description = "Say what the next boot, and only the next, comes from.")
    static int bootOnce(
            @Mixin IloOptions options,
            @Parameters(paramLabel = "DEVICE", description = "${COMPLETION-CANDIDATES}") BootDevice device)
            throws IOException {
        return options.ask(ilo -> {
            ilo.setOneTimeBoot(device);
            return Map.of("one_time_boot", device.wireName());
        });
    }

    @Command(
            name = "boot-mode",
            mixinStandardHelpOptions = true,
            description = "Tell the boot mode, or set that of the next boot: boot-mode set uefi.")
    static int bootMode(
            @Mixin IloOptions options,
            @Parameters(index = "0", defaultValue = "get", paramLabel = "get|set", description = "What to do.")
                    Verb verb,
            @Parameters(index = "1", arity = "0..1", paramLabel = "MODE", description = "bios or uefi, to be set.")
                    Optional<BootMode> mode)
            throws IOException {
        if (mode.isPresent() != (verb == Verb.SET)) {
            throw new UsageException("write boot-mode, boot-mode get, boot-mode set bios or boot-mode set uefi");
        }
        return options.ask(ilo -> {
            mode.ifPresent(ilo::setBootMode);
            return modes(ilo);
        });
    }

    private static Map<String, Object> modes(IloClient ilo) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("current", ilo.currentBootMode().map(BootMode::wireName).orElse("unknown"));
        facts.put("pending", ilo.pendingBootMode().map(BootMode::wireName).orElse("unknown"));
        facts.put(
                "supported",
                ilo.supportedBootModes().stream()
                        .map(BootMode::wireName)
                        .sorted()
                        .toList());
        return facts;
    }

    private static Map<String, Object> facts(MediaDrive drive, MediaStatus status) {
        String name = drive.name().toLowerCase(Locale.ROOT);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(name + "_inserted", status.inserted());
        status.image().ifPresent(url -> facts.put(name + "_image", Masking.text(url)));
        return facts;
    }
}
