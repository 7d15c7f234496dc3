package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.HttpAnswer;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * A resource as it was read.
 *
 * @param etag what a change of it must match; empty when the iLO tells none
 * @param allow the methods it takes, in upper case; empty when not told
 */
record Resource(String path, Json json, Optional<String> etag, Optional<String> allow) {
    static Resource of(String path, HttpAnswer answer) throws IOException {
        Json json = Json.parse(answer.body());
        Optional<String> etag = answer.header("etag")
                .or(() -> json.text("@odata.etag"))
                .filter(tag -> tag.matches("[\\x21-\\x7e]{1,256}"));
        return new Resource(path, json, etag, answer.header("allow").map(each -> each.toUpperCase(Locale.ROOT)));
    }

    /** Whether it may be changed as far as is known. */
    boolean canBePatched() {
        return allow.map(methods -> methods.contains("PATCH")).orElse(true);
    }

    /** What HPE or, before, HP added. */
    Json oem(String... names) {
        Json hpe = json.at("Oem", "Hpe");
        return (hpe.isThere() ? hpe : json.at("Oem", "Hp")).at(names);
    }

    /** The name under which it was added: {@code Hpe} or {@code Hp}. */
    Optional<String> oemName() {
        return json.at("Oem").names().stream()
                .filter(each -> each.equals("Hpe") || each.equals("Hp"))
                .findFirst();
    }
}
