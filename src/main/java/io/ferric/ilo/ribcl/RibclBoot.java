package io.ferric.ilo.ribcl;

import static io.ferric.ilo.ribcl.RibclCommand.Block.SERVER_INFO;

import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.ribcl.RibclCommand.Tag;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * The part of RIBCL about what a server boots from. In BIOS mode devices have names; in UEFI mode they are numbered
 * entries with a description, from which the device is guessed as proliantutils does. iLO 3 and most of Gen8 know no
 * boot modes and boot in BIOS mode.
 */
final class RibclBoot {
    private static final Map<String, BootTarget> TARGETS = Map.of(
            "NORMAL", BootTarget.NORMAL,
            "NETWORK", BootTarget.PXE,
            "HDD", BootTarget.DISK,
            "CDROM", BootTarget.CDROM,
            "FLOPPY", BootTarget.FLOPPY,
            "USB", BootTarget.USB,
            "RBSU", BootTarget.SETUP);

    private static final Map<String, Set<BootMode>> SUPPORTED = Map.of(
            "LEGACY_ONLY", Set.of(BootMode.BIOS),
            "UEFI_ONLY", Set.of(BootMode.UEFI),
            "LEGACY_UEFI", Set.of(BootMode.BIOS, BootMode.UEFI));

    /** Which words in the description of a UEFI entry tell the device; earlier words are better ones. */
    private enum UefiWords {
        CDROM(BootDevice.CDROM, "ilo virtual usb cd", "virtual usb 2", "cd/dvd"),
        PXE(BootDevice.PXE, "pxe", "nic"),
        DISK(BootDevice.DISK, "logical drive", "hdd", "storage", "logvol");

        private final BootDevice device;
        private final List<String> words;

        UefiWords(BootDevice device, String... words) {
            this.device = device;
            this.words = List.of(words);
        }

        static UefiWords of(BootDevice device) {
            return Arrays.stream(values())
                    .filter(each -> each.device == device)
                    .findFirst()
                    .orElseThrow();
        }

        boolean describe(String description) {
            return words.stream().anyMatch(description.toLowerCase(Locale.ROOT)::contains);
        }

        Optional<Element> best(List<Element> entries) {
            return words.stream()
                    .flatMap(word -> entries.stream()
                            .filter(entry ->
                                    description(entry).toLowerCase(Locale.ROOT).contains(word)))
                    .findFirst();
        }
    }

    private final RibclSession ilo;

    RibclBoot(RibclSession ilo) {
        this.ilo = ilo;
    }

    BootTarget oneTime() {
        String operation = "reading the one-time boot device";
        RibclReply reply = ilo.call(operation, RibclCommand.read(SERVER_INFO, "GET_ONE_TIME_BOOT"));
        return reply.find("BOOT_TYPE").map(RibclBoot::target).orElseThrow(() -> ilo.lacking(operation, "BOOT_TYPE"));
    }

    void setOneTime(BootDevice device) {
        ilo.call(
                "setting the one-time boot device " + device,
                RibclCommand.write(SERVER_INFO, "SET_ONE_TIME_BOOT", "value", name(device)));
    }

    void clearOneTime() {
        ilo.call(
                "clearing the one-time boot device",
                RibclCommand.write(SERVER_INFO, "SET_ONE_TIME_BOOT", "value", "NORMAL"));
    }

    List<BootTarget> persistent() {
        return entries().stream().map(RibclBoot::target).toList();
    }

    void setPersistent(BootDevice device) {
        List<Element> entries = entries();
        boolean uefi = entries.stream().anyMatch(entry -> !description(entry).isEmpty());
        order("setting the persistent boot device " + device, uefi ? uefi(device, entries) : List.of(name(device)));
    }

    void setPersistentLast(List<BootTarget> last) {
        List<String> values = entries().stream()
                .sorted(Comparator.comparing(entry -> last.indexOf(target(entry))))
                .flatMap(entry -> RibclReply.attribute(entry, "VALUE").stream())
                .toList();
        order("setting the boot order", values);
    }

    /** What is listed goes first; the rest follows as it was. */
    private void order(String operation, List<String> values) {
        Tag[] devices = values.stream()
                .map(value -> Tag.named("DEVICE", "VALUE", value))
                .toArray(Tag[]::new);
        ilo.call(
                operation,
                RibclCommand.write(SERVER_INFO, "SET_PERSISTENT_BOOT").containing(devices));
    }

    /** Of a CD or the network the one that is known best; of disks all, for the instance is on one of them. */
    private static List<String> uefi(BootDevice device, List<Element> entries) {
        List<String> disks = entries.stream()
                .filter(entry -> device == BootDevice.DISK && target(entry) == BootTarget.DISK)
                .flatMap(entry -> RibclReply.attribute(entry, "VALUE").stream())
                .toList();
        return disks.isEmpty() ? List.of(uefiEntry(device, entries)) : disks;
    }

    /** @param command the one that reads the current or the pending mode */
    Optional<BootMode> mode(String command) {
        String operation = "reading the boot mode";
        try {
            RibclReply reply = ilo.tryCall(operation, RibclCommand.read(SERVER_INFO, command));
            String value = reply.find("BOOT_MODE")
                    .flatMap(each -> RibclReply.attribute(each, "VALUE"))
                    .orElseThrow(() -> ilo.lacking(operation, "BOOT_MODE"));
            return switch (value.toUpperCase(Locale.ROOT)) {
                case "LEGACY" -> Optional.of(BootMode.BIOS);
                case "UEFI" -> Optional.of(BootMode.UEFI);
                default -> Optional.empty();
            };
        } catch (RibclException e) {
            requireUnsupported(operation, e);
            return Optional.of(BootMode.BIOS);
        }
    }

    Set<BootMode> supportedModes() {
        String operation = "reading the supported boot modes";
        try {
            RibclReply reply = ilo.tryCall(operation, RibclCommand.read(SERVER_INFO, "GET_SUPPORTED_BOOT_MODE"));
            return reply.find("SUPPORTED_BOOT_MODE")
                    .flatMap(each -> RibclReply.attribute(each, "VALUE"))
                    .map(value -> SUPPORTED.getOrDefault(value.toUpperCase(Locale.ROOT), Set.of()))
                    .orElseThrow(() -> ilo.lacking(operation, "SUPPORTED_BOOT_MODE"));
        } catch (RibclException e) {
            requireUnsupported(operation, e);
            return Set.of(BootMode.BIOS);
        }
    }

    void setMode(BootMode mode) {
        String value = mode == BootMode.UEFI ? "UEFI" : "LEGACY";
        ilo.call(
                "setting the boot mode " + mode,
                RibclCommand.write(SERVER_INFO, "SET_PENDING_BOOT_MODE", "value", value));
    }

    private void requireUnsupported(String operation, RibclException e) {
        if (e.trouble() != RibclTrouble.UNSUPPORTED) {
            throw ilo.refused(operation, e);
        }
    }

    private List<Element> entries() {
        return ilo
                .call("reading the boot order", RibclCommand.read(SERVER_INFO, "GET_PERSISTENT_BOOT"))
                .findAll("PERSISTENT_BOOT")
                .stream()
                .flatMap(order -> RibclReply.children(order).stream())
                .filter(each -> each.getTagName().equalsIgnoreCase("DEVICE"))
                .toList();
    }

    private static BootTarget target(Element element) {
        String value = RibclReply.attribute(element, "VALUE").orElse("").toUpperCase(Locale.ROOT);
        return Optional.ofNullable(TARGETS.get(value)).orElseGet(() -> Arrays.stream(UefiWords.values())
                .filter(each -> each.describe(description(element)))
                .findFirst()
                .map(each -> BootTarget.valueOf(each.name()))
                .orElse(BootTarget.OTHER));
    }

    private static String description(Element entry) {
        return RibclReply.attribute(entry, "DESCRIPTION").orElse("");
    }

    private static String name(BootDevice device) {
        return switch (device) {
            case PXE -> "NETWORK";
            case DISK -> "HDD";
            case CDROM -> "CDROM";
        };
    }

    private static String uefiEntry(BootDevice device, List<Element> entries) {
        return UefiWords.of(device)
                .best(entries)
                .flatMap(entry -> RibclReply.attribute(entry, "VALUE"))
                .orElseThrow(() -> new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "The server's UEFI boot order has no entry for " + device,
                        "The virtual CD appears there only after a reset with media inserted."));
    }
}
