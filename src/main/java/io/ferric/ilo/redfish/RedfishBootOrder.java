package io.ferric.ilo.redfish;

import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.Quirk;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What every boot comes from: an override that lasts, or the boot order of UEFI, whose entries have a text from which the
 * device is guessed as proliantutils does.
 */
final class RedfishBootOrder {
    private static final String ORDER = "PersistentBootConfigOrder";

    /** Which words in the text of an entry tell its device; the first row that knows one. */
    private static final Map<BootTarget, List<String>> WORDS = Map.of(
            BootTarget.CDROM, List.of("virtual cd", "ilo virtual usb cd", "virtual usb 2", "cd/dvd"),
            BootTarget.PXE, List.of("pxe", "nic"),
            BootTarget.DISK, List.of("logical drive", "hdd", "storage", "logvol", "nvme", "ssd"));

    private static final List<BootTarget> ROWS = List.of(BootTarget.CDROM, BootTarget.PXE, BootTarget.DISK);

    /** The order, what its entries start, and where it is changed. */
    private record Order(List<String> entries, Map<String, BootTarget> targets, Resource settings) {
        BootTarget target(String entry) {
            return targets.getOrDefault(entry, BootTarget.OTHER);
        }
    }

    private final RedfishIlo ilo;

    RedfishBootOrder(RedfishIlo ilo) {
        this.ilo = ilo;
    }

    /** Empty when the iLO does not tell, as in BIOS mode. */
    List<BootTarget> read() {
        return ilo.ask("reading the boot order", talk -> {
            Json boot = talk.system().json().at("Boot");
            Optional<BootTarget> lasting = boot.text("BootSourceOverrideEnabled")
                    .filter("Continuous"::equalsIgnoreCase)
                    .flatMap(each -> boot.text("BootSourceOverrideTarget"))
                    .map(RedfishBoot::target);
            if (lasting.isPresent()) {
                return List.of(lasting.get());
            }
            return order(talk)
                    .map(order -> order.entries().stream().map(order::target).toList())
                    .orElse(List.of());
        });
    }

    void putFirst(BootDevice device) {
        ilo.tell("setting the persistent boot device " + device, talk -> {
            if (Quirk.NO_CONTINUOUS_OVERRIDE.applies(talk.identity())) {
                reorderFor(talk, device);
                return;
            }
            try {
                RedfishBoot.override(talk, device, "Continuous");
            } catch (Declined e) {
                reorderFor(talk, device);
            } catch (RedfishRefusal e) {
                if (!e.trouble().notOffered()) {
                    throw e;
                }
                reorderFor(talk, device);
            }
        });
    }

    private static void reorderFor(RedfishTalk talk, BootDevice device) throws IOException {
        Order order = required(talk);
        if (order.entries().stream()
                .noneMatch(entry -> order.target(entry).device().equals(Optional.of(device)))) {
            throw Declined.notOffered("its boot order has no entry for " + device);
        }
        write(talk, order, Comparator.comparing(entry -> !order.target(entry)
                .device()
                .equals(Optional.of(device))));
    }

    void putLast(List<BootTarget> last) {
        ilo.tell("setting the boot order", talk -> {
            Order order = required(talk);
            write(talk, order, Comparator.comparing(entry -> last.indexOf(order.target(entry))));
        });
    }

    private static void write(RedfishTalk talk, Order order, Comparator<String> by) throws IOException {
        List<String> sorted = new ArrayList<>(order.entries());
        sorted.sort(by);
        if (!sorted.equals(order.entries())) {
            talk.patch(order.settings(), Map.of(ORDER, sorted));
        }
    }

    private static Order required(RedfishTalk talk) throws IOException {
        Optional<Order> order = order(talk);
        if (order.isEmpty()) {
            throw Declined.notOffered("its Redfish has no boot order that could be changed");
        }
        return order.get();
    }

    /** Only of UEFI: the order of BIOS mode names devices nobody can tell apart. */
    private static Optional<Order> order(RedfishTalk talk) throws IOException {
        if (talk.system().json().link("Bios").isEmpty()) {
            return Optional.empty();
        }
        Resource bios = RedfishBios.bios(talk);
        Optional<String> link = Optional.<String>empty()
                .or(() -> bios.oem("Links").link("Boot"))
                .or(() -> bios.oem("links").link("Boot"))
                .or(() -> bios.json().link("links", "Boot"))
                .or(() -> bios.json().link("Links", "Boot"));
        if (link.isEmpty() || !RedfishBios.mode(bios).equals(Optional.of(BootMode.UEFI))) {
            return Optional.empty();
        }
        Resource boot = talk.get(Links.path(link.get()));
        Optional<String> settings = RedfishBios.settingsPath(boot);
        Resource changed = settings.isPresent() ? talk.get(settings.get()) : boot;
        List<String> pending = changed.json().texts(ORDER);
        List<String> entries = pending.isEmpty() ? boot.json().texts(ORDER) : pending;
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Order(entries, targets(boot), changed));
    }

    private static Map<String, BootTarget> targets(Resource boot) {
        Map<String, BootTarget> targets = new java.util.HashMap<>();
        for (Json each : boot.json().items("BootSources")) {
            each.text("StructuredBootString")
                    .ifPresent(entry ->
                            targets.put(entry, guess(each.text("BootString").orElse(""))));
        }
        return targets;
    }

    private static BootTarget guess(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return ROWS.stream()
                .filter(row -> WORDS.get(row).stream().anyMatch(lower::contains))
                .findFirst()
                .orElse(BootTarget.OTHER);
    }
}
