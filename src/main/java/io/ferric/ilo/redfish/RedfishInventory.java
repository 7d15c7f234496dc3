package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.Inventory.Disk;
import io.ferric.ilo.client.Inventory.Nic;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a server is made of. Asked in parts, so that others get their turn in between; what is not told is left empty.
 * Source: HPE RESTful API guides, proliantutils.
 */
final class RedfishInventory {
    private static final String OPERATION = "reading the inventory";

    private final RedfishIlo ilo;

    RedfishInventory(RedfishIlo ilo) {
        this.ilo = ilo;
    }

    Inventory read() {
        Resource system = ilo.ask(OPERATION, RedfishTalk::system);
        List<Json> processors = ilo.ask(OPERATION, talk -> Parts.members(talk, system.json(), "Processors"));
        List<Nic> nics = ilo.ask(OPERATION, talk -> RedfishNics.of(talk, system));
        List<Disk> disks = ilo.ask(OPERATION, talk -> RedfishDisks.of(talk, system));
        Json json = system.json();
        return new Inventory(
                json.text("Model"),
                json.text("SerialNumber"),
                json.text("UUID"),
                json.text("BiosVersion").or(() -> system.oem("Bios", "Current").text("VersionString")),
                memory(json),
                threads(json, processors),
                cpuModel(json, processors),
                disks,
                nics,
                Status.of(json));
    }

    private static OptionalLong memory(Json system) {
        return Stream.of(
                        system.decimal("MemorySummary", "TotalSystemMemoryGiB"),
                        system.decimal("Memory", "TotalSystemMemoryGB"))
                .filter(gib -> gib.isPresent() && gib.getAsDouble() >= 0)
                .mapToLong(gib -> (long) (gib.getAsDouble() * 1024))
                .findFirst();
    }

    private static OptionalInt threads(Json system, List<Json> processors) {
        long told = processors.stream()
                .mapToLong(each -> each.number("TotalThreads").orElse(0))
                .filter(threads -> threads > 0)
                .sum();
        long summary =
                system.number("ProcessorSummary", "LogicalProcessorCount").orElse(0);
        long cpus = told > 0 ? told : summary;
        return cpus > 0 && cpus <= Integer.MAX_VALUE ? OptionalInt.of((int) cpus) : OptionalInt.empty();
    }

    private static Optional<String> cpuModel(Json system, List<Json> processors) {
        return system.text("ProcessorSummary", "Model")
                .or(() -> system.text("Processors", "ProcessorFamily"))
                .or(() -> processors.stream()
                        .flatMap(each -> each.text("Model").stream())
                        .findFirst());
    }
}
