package io.ferric.ilo.redfish;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is said with an image to be inserted: nothing but its URL at first, for older firmware refuses more, and what the
 * iLO asks for after that. Source: sushy, reports to Ironic. For one insertion.
 */
final class InsertParameters {
    /** Name and password are part of the URL when there are any. */
    private static final List<String> ASKED_FOR =
            List.of("TransferProtocolType", "TransferMethod", "UserName", "Password", "Inserted", "WriteProtected");

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final String scheme;

    /** Quirk.MEDIA_IMAGE_ONLY: what else there is, is said only when it is asked for. */
    InsertParameters(URI image) {
        values.put("Image", image.toString());
        scheme = String.valueOf(image.getScheme()).toUpperCase(Locale.ROOT);
    }

    Map<String, Object> body() {
        return values;
    }

    /** Adds what the iLO misses; false when that is nothing we have. */
    boolean complete(RedfishRefusal refusal) {
        boolean more = false;
        for (String each : ASKED_FOR) {
            if (refusal.info().mentions(each) && !values.containsKey(each)) {
                values.put(each, value(each));
                more = true;
            }
        }
        return more;
    }

    private Object value(String name) {
        return switch (name) {
            case "TransferProtocolType" -> scheme;
            case "TransferMethod" -> "Stream";
            case "Inserted", "WriteProtected" -> true;
            default -> "";
        };
    }
}
