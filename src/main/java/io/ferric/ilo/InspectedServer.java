package io.ferric.ilo;

import io.ferric.driver.InspectInterface.Inspected;
import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Health;
import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.Inventory.Disk;
import io.ferric.ilo.client.Inventory.Nic;
import io.ferric.ilo.client.License;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.node.BootMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was found of a server, in the words of Ironic's inspection.
 *
 * @param protocol that gave the inventory
 * @param modes that the server can boot in; empty when they are not told
 * @param mode in which it booted last
 * @param secureBoot empty when the hardware knows nothing of it
 */
record InspectedServer(
        Inventory inventory,
        IloProtocol protocol,
        Sighting seen,
        Set<BootMode> modes,
        Optional<BootMode> mode,
        Optional<Boolean> secureBoot) {

    /** What an inspection cannot do without and the iLO did not tell. */
    static List<String> missing(Inventory inventory) {
        List<String> missing = new ArrayList<>();
        if (inventory.memoryMib().orElse(0) <= 0) {
            missing.add("memory");
        }
        if (inventory.cpus().orElse(0) <= 0) {
            missing.add("processors");
        }
        if (inventory.nics().isEmpty()) {
            missing.add("network ports");
        }
        return missing;
    }

    Inspected inspected() {
        return new Inspected(properties(), capabilities(), macs(), all());
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new TreeMap<>();
        properties.put("memory_mb", inventory.memoryMib().orElseThrow());
        properties.put("cpus", inventory.cpus().orElseThrow());
        properties.put("cpu_arch", "x86_64");
        localGb().ifPresent(gib -> properties.put("local_gb", gib));
        return properties;
    }

    /**
     * One less than the smallest disk has, so that a root partition of this size fits on any. Where there is no logical
     * drive the single disks count, if the server's controllers pass them on: those up to iLO 4 hide them. Empty when
     * no disk is told, which must not replace what an operator wrote.
     */
    private OptionalLong localGb() {
        boolean logical = inventory.disks().stream().anyMatch(Disk::logical);
        boolean passedOn = seen.identity().generation().atLeast(Generation.ILO5);
        return inventory.disks().stream()
                .filter(disk -> logical ? disk.logical() : passedOn)
                .mapToLong(Disk::gib)
                .filter(gib -> gib > 0)
                .map(gib -> gib - 1)
                .min();
    }

    /** All ports of a G7, whose iLO does not tell where they are; else those on the board, or all when none is. */
    private List<String> macs() {
        boolean boardTold = seen.identity().generation() != Generation.ILO3
                && inventory.nics().stream().anyMatch(Nic::embedded);
        return inventory.nics().stream()
                .filter(nic -> nic.embedded() || !boardTold)
                .map(Nic::mac)
                .distinct()
                .toList();
    }

    private Map<String, String> capabilities() {
        Map<String, String> capabilities = new TreeMap<>();
        inventory.model().ifPresent(model -> capabilities.put("server_model", safe(model)));
        inventory.bios().ifPresent(version -> capabilities.put("rom_firmware_version", safe(version)));
        seen.firmware().ifPresent(each -> capabilities.put("ilo_firmware_version", safe(each.version())));
        if (!modes.isEmpty()) {
            for (BootMode each : BootMode.values()) {
                capabilities.put("boot_mode_" + each.wireName(), String.valueOf(modes.contains(each)));
            }
        }
        secureBoot.ifPresent(known -> capabilities.put("secure_boot", "true"));
        return capabilities;
    }

    /** The text in which capabilities are kept is cut at commas and colons. */
    private static String safe(String value) {
        return value.replaceAll("[,:\\s\\p{Cntrl}]+", " ").strip();
    }

    private Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("protocol", protocol.wireName());
        put(all, "model", inventory.model());
        put(all, "serial_number", inventory.serial());
        put(all, "uuid", inventory.uuid());
        put(all, "rom_firmware_version", inventory.bios());
        all.put("ilo", ilo());
        all.put("health", name(inventory.health()));
        all.put("memory_mb", inventory.memoryMib().orElseThrow());
        all.put("cpus", inventory.cpus().orElseThrow());
        put(all, "cpu_model", inventory.cpuModel());
        all.put("disks", inventory.disks().stream().map(InspectedServer::disk).toList());
        all.put("nics", inventory.nics().stream().map(InspectedServer::nic).toList());
        all.put("boot_modes", modes.stream().sorted().map(BootMode::wireName).toList());
        put(all, "boot_mode", mode.map(BootMode::wireName));
        put(all, "secure_boot", secureBoot);
        return all;
    }

    private Map<String, Object> ilo() {
        Map<String, Object> ilo = new LinkedHashMap<>();
        put(ilo, "generation", seen.firmware().map(each -> seen.identity()
                .generation()
                .toString()));
        put(ilo, "firmware", seen.firmware().map(each -> each.version()));
        put(ilo, "licenses", seen.licenses().map(all -> all.stream()
                .map(License::type)
                .toList()));
        return ilo;
    }

    private static Map<String, Object> disk(Disk disk) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", disk.name());
        map.put("logical", disk.logical());
        map.put("size_gb", disk.gib());
        put(map, "media_type", disk.mediaType());
        map.put("health", name(disk.health()));
        return map;
    }

    private static Map<String, Object> nic(Nic nic) {
        return Map.of("name", nic.name(), "mac", nic.mac(), "embedded", nic.embedded(), "health", name(nic.health()));
    }

    private static String name(Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }

    private static void put(Map<String, Object> map, String key, Optional<?> value) {
        value.ifPresent(each -> map.put(key, each));
    }
}
