package io.ferric.lab.ilo;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which resource lies where. Names are found in upper and lower case, as an iLO finds them. */
final class RedfishTree {
    private final Map<String, RestResource> resources = new HashMap<>();
    private final RedfishServices services;

    RedfishTree(RedfishParts parts, RedfishSessions sessions, RestGate gate) {
        services = new RedfishServices(parts, sessions, gate);
        services.addTo(this);
        new RedfishSystem(parts).addTo(this);
        new RedfishHardware(parts).addTo(this);
        new RedfishStorage(parts).addTo(this);
        new RedfishSmartStorage(parts).addTo(this);
        new RedfishChassis(parts).addTo(this);
        new RedfishPower(parts).addTo(this);
        if (parts.kind().bios()) {
            new RedfishBios(parts).addTo(this);
            new RedfishSecureBoot(parts).addTo(this);
        }
        new RedfishManager(parts, sessions).addTo(this);
        if (parts.kind().generation() > 4) {
            new RedfishSecurity(parts).addTo(this);
        }
        new RedfishMedia(parts).addTo(this);
    }

    /** @param path below the root, such as {@code Systems/1} */
    void add(String path, RestResource resource) {
        resources.put(key("v1/" + path), resource);
    }

    /** @param path below {@code /redfish}, without slashes at its ends */
    Optional<RestResource> find(String path) {
        RestResource resource = resources.get(key(path));
        return resource == null ? services.member(path) : Optional.of(resource);
    }

    /** Whether the request needs no login. */
    boolean open(String method, String path) {
        return path.isEmpty()
                || path.equalsIgnoreCase("v1") && (method.equals("GET") || method.equals("HEAD"))
                || method.equals("POST") && key(path).matches("v1/(sessionservice/)?sessions");
    }

    private static String key(String path) {
        String key = path.toLowerCase(Locale.ROOT);
        return key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
    }
}
