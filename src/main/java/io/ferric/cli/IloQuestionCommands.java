package io.ferric.cli;

import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.client.Quirk;
import io.ferric.ilo.client.Sensor;
import io.ferric.ilo.connect.Detected;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What changes nothing. The methods are static, for {@link IloCommand} takes them over. */
@Command
final class IloQuestionCommands {
    @Command(
            name = "detect",
            mixinStandardHelpOptions = true,
            description = "Tell which iLO it is and what can be spoken to it.")
    static int detect(@Mixin IloOptions options) throws IOException {
        try (IloVisit visit = options.visit()) {
            Detected found = visit.identify();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("generation", found.identity().generation().toString());
            facts.put("firmware", found.identity().firmware());
            put(facts, "product", found.identity().model());
            facts.put(
                    "protocols",
                    found.protocols().stream()
                            .map(IloProtocol::wireName)
                            .sorted()
                            .toList());
            warn(facts, Quirk.warnings(found.identity()));
            return options.show(facts);
        }
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "Tell what server and iLO it is, and how they stand.")
    static int info(@Mixin IloOptions options) throws IOException {
        return options.ask(ilo -> {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("product", ilo.productName());
            Firmware firmware = ilo.firmware();
            facts.put("management_processor", firmware.processor());
            facts.put("firmware", firmware.version());
            facts.put("licenses", ilo.licenses().stream().map(License::type).toList());
            facts.put("power", ilo.power().wireName());
            put(facts, "self_test", ilo.postState().map(IloQuestionCommands::lower));
            put(facts, "one_time_boot", offered(ilo::oneTimeBoot).map(IloQuestionCommands::lower));
            put(facts, "boot_mode", offered(ilo::currentBootMode).map(mode -> mode.map(Object::toString)
                    .orElse("unknown")));
            warn(facts, firmware.warnings());
            return facts;
        });
    }

    @Command(name = "power-status", mixinStandardHelpOptions = true, description = "Tell whether the server is on.")
    static int powerStatus(@Mixin IloOptions options) throws IOException {
        return options.ask(ilo -> Map.of("power", ilo.power().wireName()));
    }

    @Command(
            name = "license",
            mixinStandardHelpOptions = true,
            description = "Tell which licenses the iLO has, and whether virtual media works with them.")
    static int license(@Mixin IloOptions options) throws IOException {
        return options.ask(ilo -> {
            List<License> licenses = ilo.licenses();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("licenses", licenses.stream().map(License::type).toList());
            facts.put("virtual_media", licenses.stream().anyMatch(License::allowsVirtualMedia));
            return facts;
        });
    }

    @Command(name = "inventory", mixinStandardHelpOptions = true, description = "Tell what the server is made of.")
    static int inventory(@Mixin IloOptions options) throws IOException {
        return options.ask(ilo -> {
            Inventory all = ilo.inventory();
            Map<String, Object> facts = new LinkedHashMap<>();
            put(facts, "product", all.model());
            put(facts, "serial", all.serial());
            put(facts, "uuid", all.uuid());
            put(facts, "bios", all.bios());
            all.memoryMib().ifPresent(mib -> facts.put("memory_mib", mib));
            all.cpus().ifPresent(cpus -> facts.put("cpus", cpus));
            put(facts, "cpu_model", all.cpuModel());
            facts.put("health", lower(all.health()));
            facts.put(
                    "disks",
                    all.disks().stream().map(IloQuestionCommands::facts).toList());
            facts.put(
                    "ports", all.nics().stream().map(IloQuestionCommands::facts).toList());
            return facts;
        });
    }

    @Command(
            name = "sensors",
            mixinStandardHelpOptions = true,
            description = "Tell temperatures, fans and power supplies as they are now.")
    static int sensors(@Mixin IloOptions options) throws IOException {
        return options.ask(ilo -> Map.of(
                "sensors",
                ilo.sensors().stream().map(IloQuestionCommands::facts).toList()));
    }

    private static Map<String, Object> facts(Inventory.Disk disk) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", disk.name());
        facts.put("kind", disk.logical() ? "logical" : "physical");
        facts.put("gib", disk.gib());
        put(facts, "media", disk.mediaType());
        facts.put("health", lower(disk.health()));
        return facts;
    }

    private static Map<String, Object> facts(Inventory.Nic nic) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", nic.name());
        facts.put("mac", nic.mac());
        facts.put("place", nic.embedded() ? "embedded" : "added");
        facts.put("health", lower(nic.health()));
        return facts;
    }

    private static Map<String, Object> facts(Sensor sensor) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", lower(sensor.kind()));
        facts.put("name", sensor.name());
        sensor.reading().ifPresent(reading -> {
            facts.put("reading", reading);
            facts.put("unit", sensor.unit());
        });
        facts.put("health", lower(sensor.health()));
        return facts;
    }

    private static void warn(Map<String, Object> facts, List<String> warnings) {
        if (!warnings.isEmpty()) {
            facts.put("warnings", warnings);
        }
    }

    private static void put(Map<String, Object> facts, String key, Optional<?> value) {
        value.ifPresent(each -> facts.put(key, each));
    }

    /** Empty where the iLO does not do that, which is no reason to tell nothing else. */
    private static <T> Optional<T> offered(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (OperationFailed e) {
            if (NotOffered.caused(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
