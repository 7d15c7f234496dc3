package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.License;
import io.ferric.ilo.wire.BrokenAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The iLO itself: firmware, licenses, reset; and which server it is in. */
final class RedfishManager {
    /** Such as {@code iLO 5 v2.70}, {@code iLO 4 v2.55 pass 12} or, in some, the number alone. */
    private static final Pattern FIRMWARE =
            Pattern.compile("(?:(iLO\\s*\\d)\\b)?.*?v?(\\d+\\.\\d+(?:\\.\\d+)?)(?!.*v\\d).*", Pattern.CASE_INSENSITIVE);

    private static final Pattern NOT_VALID = Pattern.compile("(?i)expired|unlicensed");

    private final RedfishIlo ilo;

    RedfishManager(RedfishIlo ilo) {
        this.ilo = ilo;
    }

    String productName() {
        return ilo.ask("reading the product name", talk -> {
            Optional<String> model = talk.system().json().text("Model");
            return model.orElseThrow(() -> new BrokenAnswer("no Model of the server"));
        });
    }

    Firmware firmware() {
        return ilo.ask("reading the firmware version", talk -> {
            Resource manager = talk.manager();
            String said = manager.json()
                    .text("FirmwareVersion")
                    .or(() -> manager.oem("Firmware", "Current").text("VersionString"))
                    .orElseThrow(() -> new BrokenAnswer("no FirmwareVersion of the iLO"));
            Matcher matcher = FIRMWARE.matcher(said);
            if (!matcher.matches()) {
                return new Firmware(said, "iLO");
            }
            String processor = Optional.ofNullable(matcher.group(1))
                    .or(() -> manager.json().text("Model"))
                    .orElse("iLO");
            return new Firmware(matcher.group(2), processor.replace(" ", ""));
        });
    }

    /** Those that hold now. */
    List<License> licenses() {
        return ilo.ask("reading the licenses", talk -> {
            Resource manager = talk.manager();
            Json own = manager.oem("License");
            if (own.text("LicenseString").isPresent()) {
                return license(own, "LicenseString").stream().toList();
            }
            List<License> all = new ArrayList<>();
            for (Resource each : services(talk, manager)) {
                license(each.json(), "License").ifPresent(all::add);
            }
            return all;
        });
    }

    private static List<Resource> services(RedfishTalk talk, Resource manager) throws IOException {
        Optional<String> service = Stream.of(
                        manager.json(),
                        manager.oem("Links"),
                        manager.oem("links"),
                        manager.json().at("Links"))
                .flatMap(each -> each.link("LicenseService").stream())
                .findFirst();
        return service.isPresent() ? talk.members(Links.path(service.get())) : List.of();
    }

    private static Optional<License> license(Json json, String name) {
        boolean valid = !NOT_VALID.matcher(json.text("LicenseType").orElse("")).find();
        return json.text(name)
                .filter(type -> valid && !NOT_VALID.matcher(type).find())
                .map(License::new);
    }

    void reset() {
        ilo.tell("resetting the iLO", talk -> {
            Resource manager = talk.manager();
            Optional<String> target = Actions.standard(manager, "Manager.Reset");
            if (target.isEmpty()) {
                throw Declined.notOffered("its Redfish has no Manager.Reset");
            }
            List<String> allowed = Actions.allowed(manager, "Manager.Reset", "ResetType");
            String type = allowed.contains("ForceRestart") && !allowed.contains("GracefulRestart")
                    ? "ForceRestart"
                    : "GracefulRestart";
            talk.post(target.get(), Map.of("ResetType", type));
        });
    }
}
