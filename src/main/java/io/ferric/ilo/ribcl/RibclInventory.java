package io.ferric.ilo.ribcl;

import static io.ferric.ilo.ribcl.RibclCommand.Block.SERVER_INFO;
import static io.ferric.ilo.ribcl.RibclHealth.children;
import static io.ferric.ilo.ribcl.RibclHealth.value;

import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.Inventory.Disk;
import io.ferric.ilo.client.Inventory.Nic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * What a server is made of, from GET_EMBEDDED_HEALTH and the SMBIOS records of GET_HOST_DATA. Some models tell all of it
 * only when they are on and through their self-test. What counts as memory, processors and ports: proliantutils,
 * get_essential_properties.
 */
final class RibclInventory {
    private static final String OPERATION = "reading the inventory";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,3})\\d*)?\\s*([KMGTP])i?B.*");
    private static final Pattern THREADS =
            Pattern.compile("(?:.*\\D)?(\\d{1,6})\\s*thread.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(?::[0-9a-f]{2}){5}");
    private static final String SYSTEM = "1";

    private final RibclSession ilo;

    RibclInventory(RibclSession ilo) {
        this.ilo = ilo;
    }

    Inventory read() {
        RibclHealth health = RibclHealth.read(OPERATION, ilo);
        Map<String, String> system = system();
        return new Inventory(
                Optional.ofNullable(system.get("product name")),
                Optional.ofNullable(system.get("serial number")),
                Optional.ofNullable(system.getOrDefault("cuuid", system.get("uuid"))),
                bios(health),
                memoryMib(health),
                cpus(health),
                health.section("PROCESSORS").stream()
                        .flatMap(each -> value(each, "NAME").stream())
                        .findFirst(),
                disks(health),
                nics(health),
                health.overall());
    }

    /** The fields of the SMBIOS record about the whole system; empty when the firmware does not show it. */
    private Map<String, String> system() {
        Map<String, String> fields = new LinkedHashMap<>();
        try {
            ilo.tryCall(OPERATION, RibclCommand.read(SERVER_INFO, "GET_HOST_DATA")).findAll("SMBIOS_RECORD").stream()
                    .filter(each -> RibclReply.attribute(each, "TYPE")
                            .filter(SYSTEM::equals)
                            .isPresent())
                    .flatMap(each -> children(each, "FIELD").stream())
                    .forEach(field -> take(field, fields));
        } catch (RibclException e) {
            if (e.trouble() != RibclTrouble.UNSUPPORTED) {
                throw ilo.refused(OPERATION, e);
            }
        }
        return fields;
    }

    private static void take(Element field, Map<String, String> fields) {
        String name = RibclReply.attribute(field, "NAME").orElse("");
        RibclReply.attribute(field, "VALUE")
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> fields.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    }

    private static Optional<String> bios(RibclHealth health) {
        return health.section("FIRMWARE_INFORMATION").stream()
                .filter(each -> value(each, "FIRMWARE_NAME")
                        .filter(name -> name.toLowerCase(Locale.ROOT).endsWith("system rom"))
                        .isPresent())
                .flatMap(each -> value(each, "FIRMWARE_VERSION").stream())
                .findFirst();
    }

    /** One size a processor or board from Gen8 on, one a module before. */
    private static OptionalLong memoryMib(RibclHealth health) {
        if (!health.has("MEMORY")) {
            return OptionalLong.empty();
        }
        List<Element> parts = health.section("MEMORY");
        return OptionalLong.of(Stream.concat(
                        sizes(parts, "MEMORY_DETAILS_SUMMARY", "TOTAL_MEMORY_SIZE"),
                        sizes(parts, "MEMORY_COMPONENTS", "MEMORY_SIZE"))
                .mapToLong(Long::longValue)
                .sum());
    }

    private static Stream<Long> sizes(List<Element> parts, String group, String property) {
        return parts.stream()
                .filter(part -> part.getTagName().equalsIgnoreCase(group))
                .flatMap(part -> RibclReply.children(part).stream())
                .flatMap(each -> value(each, property).stream())
                .flatMap(text -> mib(text).stream());
    }

    /** {@code 16 GB}, {@code 1.8 TB}; their GB are GiB. Empty for words such as "Not Installed". */
    private static Optional<Long> mib(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(
                size.group(1) + "." + Optional.ofNullable(size.group(2)).orElse("0"));
        return Optional.of((long) (number * Math.pow(1024, "KMGTP".indexOf(size.group(3)) - 1)));
    }

    private static OptionalInt cpus(RibclHealth health) {
        List<Integer> threads = health.section("PROCESSORS").stream()
                .flatMap(processor -> RibclReply.children(processor).stream())
                .flatMap(property -> RibclReply.attribute(property, "VALUE").stream())
                .map(THREADS::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.parseInt(matcher.group(1)))
                .toList();
        return threads.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(threads.stream().mapToInt(Integer::intValue).sum());
    }

    private static List<Disk> disks(RibclHealth health) {
        List<Disk> disks = new ArrayList<>();
        for (Element controller : health.section("STORAGE")) {
            String where = value(controller, "LABEL").orElse("Controller");
            children(controller, "LOGICAL_DRIVE").forEach(drive -> add(disks, where, drive, true));
            children(controller, "PHYSICAL_DRIVE").forEach(drive -> add(disks, where, drive, false));
        }
        return disks;
    }

    private static void add(List<Disk> disks, String where, Element drive, boolean logical) {
        String name = where
                + (logical ? ", logical drive " : ", drive ")
                + value(drive, "LABEL").orElse("?");
        Optional<String> media = logical
                ? children(drive, "PHYSICAL_DRIVE").stream()
                        .flatMap(each -> value(each, "MEDIA_TYPE").stream())
                        .findFirst()
                : value(drive, "MEDIA_TYPE");
        value(drive, "CAPACITY")
                .or(() -> value(drive, "MARKETING_CAPACITY"))
                .flatMap(RibclInventory::mib)
                .ifPresent(mib -> disks.add(new Disk(name, logical, mib / 1024, media, RibclHealth.health(drive))));
    }

    /** The misspelling is that of iLO 3. The iLO's own port stands among the others under its own name. */
    private static List<Nic> nics(RibclHealth health) {
        Map<String, Nic> nics = new LinkedHashMap<>();
        Stream.of("NIC_INFORMATION", "NIC_INFOMATION")
                .flatMap(name -> health.section(name).stream())
                .filter(each -> each.getTagName().equalsIgnoreCase("NIC"))
                .filter(each -> !value(each, "NETWORK_PORT").orElse("").startsWith("iLO"))
                .forEach(each -> mac(each).ifPresent(mac -> nics.putIfAbsent(mac, nic(each, mac))));
        return List.copyOf(nics.values());
    }

    private static Optional<String> mac(Element nic) {
        return value(nic, "MAC_ADDRESS")
                .map(text -> text.toLowerCase(Locale.ROOT).replace('-', ':'))
                .filter(text -> MAC.matcher(text).matches());
    }

    /** Before Gen8 no location is told; all ports are on the board then. */
    private static Nic nic(Element nic, String mac) {
        String port = value(nic, "NETWORK_PORT").orElse("NIC");
        String name =
                value(nic, "PORT_DESCRIPTION").map(words -> port + ", " + words).orElse(port);
        boolean embedded =
                value(nic, "LOCATION").map("Embedded"::equalsIgnoreCase).orElse(true);
        return new Nic(name, mac, embedded, RibclHealth.health(nic));
    }
}
