package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Health;
import io.ferric.ilo.client.Inventory.Nic;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The server's network ports: its EthernetInterfaces, else the addresses that iLO 4 tells alone. */
final class RedfishNics {
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(?::[0-9a-f]{2}){5}");

    private RedfishNics() {}

    static List<Nic> of(RedfishTalk talk, Resource system) throws IOException {
        // iLO 5 1.10 has the link only among what HPE added
        Optional<String> place =
                Parts.place("EthernetInterfaces", system.json(), system.oem("Links"), system.oem("links"));
        Map<String, Nic> nics = new LinkedHashMap<>();
        if (place.isPresent()) {
            for (Json each : Parts.members(talk, place.get())) {
                String name = each.text("Name").or(() -> each.text("Id")).orElse("Port " + (nics.size() + 1));
                add(nics, name, each.text("MACAddress").or(() -> each.text("MacAddress")), Status.of(each));
            }
        }
        if (nics.isEmpty()) {
            for (String each : system.json().texts("HostCorrelation", "HostMACAddress")) {
                add(nics, "Port " + (nics.size() + 1), Optional.of(each), Health.UNKNOWN);
            }
        }
        return List.copyOf(nics.values());
    }

    private static void add(Map<String, Nic> nics, String name, Optional<String> told, Health health) {
        told.map(mac -> mac.toLowerCase(Locale.ROOT).replace('-', ':'))
                .filter(mac -> MAC.matcher(mac).matches())
                .ifPresent(mac -> nics.putIfAbsent(mac, new Nic(name, mac, true, health)));
    }
}
