package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the firmware says about its BIOS settings: their types and the values they can have; and those of the factory. */
final class RedfishBiosRegistry {
    static final String BASE_CONFIGS = RedfishBios.PATH + "/BaseConfigs";
    static final String RESET = RedfishBios.PATH + "/Actions/Bios.ResetBios";

    private static final Set<String> READ_ONLY = Set.of("TpmState");

    private final RedfishParts parts;
    private final Map<String, String> factory;

    /** @param factory every setting but the boot mode, as it is delivered */
    RedfishBiosRegistry(RedfishParts parts, Map<String, String> factory) {
        this.parts = parts;
        this.factory = factory;
    }

    /** What it is called; the newer the server, the newer the registry. */
    static String name(RedfishKind kind) {
        return switch (kind.generation()) {
            case 4 -> "HpBiosAttributeRegistryP89.1.1.00";
            case 5 -> "BiosAttributeRegistryU32.v1_2_68";
            case 6 -> "BiosAttributeRegistryU54.v1_1_40";
            default -> "BiosAttributeRegistryU68.v1_0_20";
        };
    }

    void addTo(RedfishTree tree) {
        String name = name(parts.kind());
        String store = "RegistryStore/registries/en/" + name;
        tree.add("Registries/" + name, RestResource.of(view -> file(name, store)));
        tree.add(store, RestResource.of(view -> registry(name, store)));
        if (parts.kind().generation() < 6) {
            tree.add(BASE_CONFIGS, RestResource.of(view -> baseConfigs()));
        }
    }

    private ObjectNode file(String name, String store) {
        ObjectNode file = parts.resource("Registries/" + name, "MessageRegistryFile", name, name);
        String uri = RedfishParts.path(store);
        ObjectNode location = object("Language", "en");
        if (parts.kind().generation() == 4) {
            location.set("Uri", object("extref", uri));
        } else {
            location.put("Uri", uri);
        }
        file.set("Location", array(List.of(location)));
        return file;
    }

    private ObjectNode registry(String name, String store) {
        ObjectNode registry = parts.resource(store, "AttributeRegistry", name, "BIOS Attribute Registry");
        ObjectNode entries = registry.putObject("RegistryEntries");
        List<ObjectNode> attributes = new ArrayList<>();
        attributes.add(attribute(RedfishBios.MODE, List.of("LegacyBios", "Uefi")));
        factory.forEach((setting, value) -> attributes.add(
                attribute(setting, RedfishBios.SWITCH.contains(value) ? RedfishBios.SWITCH : List.of())));
        entries.set("Attributes", array(attributes));
        return registry;
    }

    private ObjectNode attribute(String setting, List<String> values) {
        ObjectNode attribute = object(
                parts.kind().generation() == 4 ? "Name" : "AttributeName",
                setting,
                "DisplayName",
                setting,
                "Type",
                values.isEmpty() ? "String" : "Enumeration",
                "ReadOnly",
                READ_ONLY.contains(setting));
        if (!values.isEmpty()) {
            attribute.set(
                    "Value",
                    array(values.stream()
                            .map(each -> object("ValueName", each, "ValueDisplayName", each))
                            .toList()));
        }
        return attribute;
    }

    private ObjectNode baseConfigs() {
        ObjectNode configs = parts.resource(BASE_CONFIGS, "HpBaseConfigs", "BaseConfigs", "BIOS Default Settings");
        ObjectNode defaults = object();
        factory.forEach(defaults::put);
        configs.set("BaseConfigs", array(List.of(object("default", defaults))));
        return configs;
    }
}
