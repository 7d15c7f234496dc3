package io.ferric.ilo.connect;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Identity;
import io.ferric.ilo.wire.Words;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code /redfish/v1/} tells anyone. Source: DMTF DSP2046, ServiceRoot; HPE iLO RESTful API guides, HpeiLOServiceExt.
 *
 * @param ilo whether it is an iLO, and not some other machine that speaks Redfish
 * @param maker what it says of its maker and model, for messages; may be empty
 */
record RedfishRoot(Identity identity, boolean ilo, String maker) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty when it is not the root of a Redfish service. */
    static Optional<RedfishRoot> of(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body))
                    .filter(RedfishRoot::isRoot)
                    .map(RedfishRoot::of);
        } catch (JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    private static boolean isRoot(JsonNode root) {
        return root.path("RedfishVersion").isTextual()
                || root.path("@odata.type").asText().contains("ServiceRoot");
    }

    private static RedfishRoot of(JsonNode root) {
        JsonNode oem = root.path("Oem");
        JsonNode space = oem.has("Hpe") ? oem.path("Hpe") : oem.path("Hp");
        JsonNode manager = space.path("Manager").path(0);
        Generation told = Generation.of(manager.path("ManagerType").asText());
        // before the maker was renamed there was only this one
        Generation generation = told == Generation.UNKNOWN && !oem.has("Hpe") && oem.has("Hp") ? Generation.ILO4 : told;
        Identity identity = new Identity(
                generation,
                Words.shown(manager.path("ManagerFirmwareVersion").asText()),
                text(root, "Product").filter(model -> model.contains("ProLiant")));
        String maker = Stream.of(text(root, "Vendor"), text(root, "Product"))
                .flatMap(Optional::stream)
                .reduce((vendor, product) -> vendor + " " + product)
                .orElse("");
        return new RedfishRoot(identity, oem.has("Hpe") || oem.has("Hp"), maker);
    }

    private static Optional<String> text(JsonNode root, String name) {
        return Optional.of(Words.shown(root.path(name).asText())).filter(text -> !text.isEmpty());
    }
}
