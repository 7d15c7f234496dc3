package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Quirk;
import io.ferric.node.BootMode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Boot mode and secure boot. What runs now and what the next boot takes are two resources; iLO 4 has the settings at
 * their top, later ones in {@code Attributes}. Source: HPE RESTful API guides, proliantutils.
 */
final class RedfishBios {
    private static final String BOOT_MODE = "BootMode";
    private static final String OPTIMIZED = "UefiOptimizedBoot";

    private final RedfishIlo ilo;

    RedfishBios(RedfishIlo ilo) {
        this.ilo = ilo;
    }

    Optional<BootMode> currentMode() {
        return ilo.ask(
                "reading the boot mode", talk -> knowsOnlyBios() ? Optional.of(BootMode.BIOS) : mode(bios(talk)));
    }

    Optional<BootMode> pendingMode() {
        return ilo.ask("reading the boot mode", talk -> {
            if (knowsOnlyBios()) {
                return Optional.of(BootMode.BIOS);
            }
            Resource bios = bios(talk);
            Optional<String> settings = settingsPath(bios);
            return settings.isPresent() ? mode(talk.get(settings.get())) : mode(bios);
        });
    }

    Set<BootMode> supportedModes() {
        return ilo.ask("reading the supported boot modes", talk -> {
            if (knowsOnlyBios()) {
                return Set.of(BootMode.BIOS);
            }
            OptionalLong uefiClass = talk.system().oem().number("Bios", "UefiClass");
            return switch ((int) uefiClass.orElse(-1)) {
                case 0 -> Set.of(BootMode.BIOS);
                case 2 -> Set.of(BootMode.BIOS, BootMode.UEFI);
                case 3 -> Set.of(BootMode.UEFI);
                default -> mode(bios(talk)).map(Set::of).orElse(Set.of());
            };
        });
    }

    void setMode(BootMode mode) {
        ilo.tell("setting the boot mode " + mode, talk -> {
            Resource settings = changeable(talk, bios(talk));
            talk.patch(settings, change(settings, mode));
        });
    }

    /** The settings of the next boot. */
    static Resource changeable(RedfishTalk talk, Resource bios) throws IOException {
        Optional<String> path = settingsPath(bios);
        if (path.isEmpty()) {
            throw Declined.notOffered("its Redfish has no BIOS settings that could be changed");
        }
        Resource settings = talk.get(path.get());
        if (!settings.canBePatched()) {
            throw Declined.notOffered("its Redfish lets nobody change BIOS settings");
        }
        return settings;
    }

    private static Map<String, ?> change(Resource settings, BootMode mode) {
        Json attributes = settings.json().at("Attributes");
        Map<String, String> values = new LinkedHashMap<>();
        values.put(BOOT_MODE, mode == BootMode.UEFI ? "Uefi" : "LegacyBios");
        Json all = attributes.isThere() ? attributes : settings.json();
        if (mode == BootMode.UEFI && all.text(OPTIMIZED).isPresent()) {
            values.put(OPTIMIZED, "Enabled");
        }
        return attributes.isThere() ? Map.of("Attributes", values) : values;
    }

    Optional<Boolean> secureBoot() {
        return ilo.ask("reading secure boot", talk -> {
            Resource system = talk.system();
            Optional<String> path = Optional.empty();
            for (Json each : new Json[] {system.json(), system.oem("Links"), system.oem("links")}) {
                path = path.isPresent() ? path : each.link("SecureBoot");
            }
            if (path.isEmpty()) {
                return Optional.<Boolean>empty();
            }
            Json secure = talk.get(Links.path(path.get())).json();
            return secure.text("SecureBootCurrentBoot")
                    .map("Enabled"::equalsIgnoreCase)
                    .or(() -> secure.flag("SecureBootCurrentState"));
        });
    }

    private boolean knowsOnlyBios() {
        return Quirk.LEGACY_BOOT_ONLY.applies(ilo.identity());
    }

    /** An iLO 4 has the link among its maker's own, and spells it in capitals. */
    static Resource bios(RedfishTalk talk) throws IOException {
        Resource system = talk.system();
        Json own = system.oem("Links");
        if (system.json().link("Bios").isPresent()) {
            return talk.follow(system.json(), "Bios");
        }
        return own.link("BIOS").isPresent() ? talk.follow(own, "BIOS") : talk.follow(own, "Bios");
    }

    /** Where the settings of the next boot are. */
    static Optional<String> settingsPath(Resource resource) throws IOException {
        Json json = resource.json();
        Optional<String> link = json.link("@Redfish.Settings", "SettingsObject")
                .or(() -> json.link("links", "Settings"))
                .or(() -> json.link("Links", "Settings"))
                .or(() -> resource.oem("Links").link("Settings"))
                .or(() -> resource.oem("links").link("Settings"));
        return link.isPresent() ? Optional.of(Links.path(link.get())) : Optional.empty();
    }

    static Optional<BootMode> mode(Resource bios) {
        Optional<String> said =
                bios.json().text("Attributes", BOOT_MODE).or(() -> bios.json().text(BOOT_MODE));
        return said.flatMap(mode -> switch (mode) {
            case "LegacyBios" -> Optional.of(BootMode.BIOS);
            case "Uefi" -> Optional.of(BootMode.UEFI);
            default -> Optional.empty();
        });
    }
}
