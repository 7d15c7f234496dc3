package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Indicator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The light by which a server is found: {@code LocationIndicatorActive} or, before, {@code IndicatorLED}. */
final class RedfishIndicator {
    private static final String NEW = "LocationIndicatorActive";
    private static final String OLD = "IndicatorLED";

    private final RedfishIlo ilo;

    RedfishIndicator(RedfishIlo ilo) {
        this.ilo = ilo;
    }

    Indicator read() {
        return ilo.ask("reading the indicator LED", talk -> {
            Json system = talk.system().json();
            Optional<Indicator> told = system.text(OLD)
                    .map(RedfishIndicator::of)
                    .or(() -> system.flag(NEW).map(on -> on ? Indicator.ON : Indicator.OFF));
            if (told.isEmpty()) {
                throw Declined.notOffered("its Redfish has no indicator LED");
            }
            return told.get();
        });
    }

    void set(Indicator state) {
        ilo.tell("setting the indicator LED", talk -> {
            Resource system = talk.system();
            if (system.json().text(OLD).isPresent()) {
                talk.patch(system, Map.of(OLD, name(state)));
            } else if (system.json().flag(NEW).isPresent()) {
                talk.patch(system, Map.of(NEW, state != Indicator.OFF));
            } else {
                throw Declined.notOffered("its Redfish has no indicator LED");
            }
        });
    }

    private static Indicator of(String said) {
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "lit", "on" -> Indicator.ON;
            case "blinking" -> Indicator.BLINKING;
            default -> Indicator.OFF;
        };
    }

    private static String name(Indicator state) {
        return switch (state) {
            case ON -> "Lit";
            case BLINKING -> "Blinking";
            case OFF -> "Off";
        };
    }
}
