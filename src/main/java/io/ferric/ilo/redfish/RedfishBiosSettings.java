package io.ferric.ilo.redfish;

import io.ferric.ilo.client.BiosSetting;
import io.ferric.ilo.wire.BrokenAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All settings of the BIOS, which an iLO 4 has at the top of their resource and later ones in {@code Attributes}. What
 * is known of each, its type and the values it can have, is in a registry of its own. Source: HPE RESTful API guides,
 * proliantutils.
 */
final class RedfishBiosSettings {
    private static final String ATTRIBUTES = "Attributes";

    /** What stands beside the settings of an iLO 4. */
    private static final Set<String> NO_SETTINGS =
            Set.of("Id", "Name", "Type", "Description", "Modified", "AttributeRegistry", "SettingsResult");

    private final RedfishIlo ilo;

    RedfishBiosSettings(RedfishIlo ilo) {
        this.ilo = ilo;
    }

    List<BiosSetting> read() {
        return ilo.ask("reading the BIOS settings", talk -> {
            Resource bios = RedfishBios.bios(talk);
            Map<String, Json> now = values(bios);
            Optional<String> path = RedfishBios.settingsPath(bios);
            Map<String, Json> next = path.isPresent() ? values(talk.get(path.get())) : Map.of();
            Map<String, Json> known = registry(talk, bios);
            Set<String> names = new LinkedHashSet<>(now.keySet());
            names.addAll(next.keySet());
            return names.stream()
                    .map(name -> setting(
                            name,
                            now.getOrDefault(name, Json.EMPTY),
                            next.getOrDefault(name, Json.EMPTY),
                            known.getOrDefault(name, Json.EMPTY)))
                    .toList();
        });
    }

    private static BiosSetting setting(String name, Json now, Json next, Json known) {
        List<String> allowed = known.items("Value").stream()
                .flatMap(each -> each.text("ValueName").stream())
                .toList();
        return new BiosSetting(name, now.scalar(), next.scalar(), known.text("Type"), allowed, known.flag("ReadOnly"));
    }

    /** All in one change, each in the type that the setting has. */
    void change(Map<String, String> changes) {
        ilo.tell("changing BIOS settings", talk -> {
            Resource settings = RedfishBios.changeable(talk, RedfishBios.bios(talk));
            Map<String, Json> before = values(settings);
            Map<String, Object> typed = new LinkedHashMap<>();
            changes.forEach((name, value) ->
                    typed.put(name, before.getOrDefault(name, Json.EMPTY).retyped(value)));
            talk.patch(settings, body(settings, typed));
        });
    }

    /** As proliantutils does where the iLO tells the settings of the factory; else by the action of the standard. */
    void reset() {
        ilo.tell("resetting the BIOS settings", talk -> {
            Resource bios = RedfishBios.bios(talk);
            Optional<Map<String, Object>> defaults = defaults(talk, bios);
            Optional<String> action = Actions.standard(bios, "Bios.ResetBios");
            if (defaults.isPresent()) {
                Resource settings = RedfishBios.changeable(talk, bios);
                talk.patch(settings, body(settings, defaults.get()));
            } else if (action.isPresent()) {
                boolean typed =
                        Actions.allowed(bios, "Bios.ResetBios", "ResetType").contains("default");
                talk.post(action.get(), typed ? Map.of("ResetType", "default") : Map.of());
            } else {
                throw Declined.notOffered(
                        "its Redfish tells neither the BIOS settings of the factory nor a way to them");
            }
        });
    }

    private static Map<String, ?> body(Resource settings, Map<String, Object> values) {
        return settings.json().at(ATTRIBUTES).isThere() ? Map.of(ATTRIBUTES, values) : values;
    }

    private static Optional<Map<String, Object>> defaults(RedfishTalk talk, Resource bios) throws IOException {
        Optional<String> link = Stream.of(bios.oem("Links"), bios.oem("links"))
                .map(each -> each.link("BaseConfigs"))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> bios.json().link("Links", "BaseConfigs"))
                .or(() -> bios.json().link("links", "BaseConfigs"));
        if (link.isEmpty()) {
            return Optional.empty();
        }
        Json all = talk.get(Links.path(link.get())).json();
        return all.items("BaseConfigs").stream()
                .map(each -> each.at("default"))
                .filter(Json::isThere)
                .findFirst()
                .map(RedfishBiosSettings::untyped);
    }

    private static Map<String, Object> untyped(Json values) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String name : values.names()) {
            Json value = values.at(name);
            value.scalar().ifPresent(text -> all.put(name, value.retyped(text)));
        }
        return all;
    }

    private static Map<String, Json> values(Resource resource) {
        Json attributes = resource.json().at(ATTRIBUTES);
        Json all = attributes.isThere() ? attributes : resource.json();
        Map<String, Json> values = new LinkedHashMap<>();
        for (String name : all.names()) {
            boolean setting = attributes.isThere() || !NO_SETTINGS.contains(name);
            if (setting && !name.contains("@") && all.at(name).scalar().isPresent()) {
                values.put(name, all.at(name));
            }
        }
        return values;
    }

    /** What the firmware says about each setting; nothing where it does not say it in a way that is understood. */
    private static Map<String, Json> registry(RedfishTalk talk, Resource bios) throws IOException {
        Map<String, Json> known = new LinkedHashMap<>();
        try {
            for (Json each : registryEntries(talk, bios)) {
                each.text("AttributeName").or(() -> each.text("Name")).ifPresent(name -> known.put(name, each));
            }
        } catch (RedfishRefusal | BrokenAnswer | Declined nothingKnown) {
            known.clear();
        }
        return known;
    }

    private static List<Json> registryEntries(RedfishTalk talk, Resource bios) throws IOException {
        Optional<String> name = bios.json().text("AttributeRegistry");
        Optional<String> all = talk.get("/redfish/v1/").json().link("Registries");
        if (name.isEmpty() || all.isEmpty()) {
            return List.of();
        }
        Optional<Resource> file = talk.member(Links.path(all.get()), name.get());
        if (file.isEmpty()) {
            return List.of();
        }
        Optional<String> uri = inEnglish(file.get().json().items("Location"));
        return uri.isEmpty()
                ? List.of()
                : talk.get(Links.path(uri.get())).json().items("RegistryEntries", ATTRIBUTES);
    }

    private static Optional<String> inEnglish(List<Json> locations) {
        List<Json> sorted = new ArrayList<>(locations);
        sorted.sort(
                Comparator.comparing(each -> !each.text("Language").orElse("").startsWith("en")));
        return sorted.stream()
                .flatMap(each ->
                        each.text("Uri").or(() -> each.text("Uri", "extref")).or(() -> each.link("Uri")).stream())
                .findFirst();
    }
}
