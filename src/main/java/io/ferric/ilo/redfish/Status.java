package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Health;
import java.util.Locale;

/** The Status that most resources have. */
final class Status {
    private Status() {}

    /** Of the part with all it consists of, if that is told. */
    static Health of(Json resource) {
        String said = resource.text("Status", "HealthRollup")
                .or(() -> resource.text("Status", "HealthRollUp"))
                .or(() -> resource.text("Status", "Health"))
                .orElse("");
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "ok" -> Health.OK;
            case "warning" -> Health.WARNING;
            case "critical" -> Health.CRITICAL;
            default -> Health.UNKNOWN;
        };
    }
}
