package io.ferric.ilo.ribcl;

import static io.ferric.ilo.ribcl.RibclCommand.Block.SERVER_INFO;

import io.ferric.ilo.client.Health;
import io.ferric.ilo.client.Sensor;
import io.ferric.ilo.client.Sensor.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.w3c.dom.Element;

/** Temperatures, fans, power supplies and the power drawn, from GET_EMBEDDED_HEALTH and GET_POWER_READINGS. */
final class RibclSensors {
    private static final String OPERATION = "reading the sensors";
    private static final String WATTS = "Watts";

    private final RibclSession ilo;

    RibclSensors(RibclSession ilo) {
        this.ilo = ilo;
    }

    List<Sensor> read() {
        RibclHealth health = RibclHealth.read(OPERATION, ilo);
        List<Sensor> all = new ArrayList<>();
        health.section("TEMPERATURE").forEach(each -> add(all, Kind.TEMPERATURE, each, "CURRENTREADING"));
        health.section("FANS").forEach(each -> add(all, Kind.FAN, each, "SPEED"));
        health.section("POWER_SUPPLIES").forEach(each -> add(all, Kind.POWER, each, ""));
        all.addAll(power());
        return List.copyOf(all);
    }

    private static void add(List<Sensor> all, Kind kind, Element entry, String property) {
        Optional<Element> shown = RibclHealth.children(entry, property).stream().findFirst();
        OptionalDouble reading = shown.flatMap(each -> RibclReply.attribute(each, "VALUE"))
                .map(RibclHealth::number)
                .orElse(OptionalDouble.empty());
        String unit = shown.flatMap(each -> RibclReply.attribute(each, "UNIT")).orElse("");
        RibclHealth.value(entry, "LABEL")
                .ifPresent(label -> all.add(new Sensor(
                        kind, label, reading, reading.isPresent() ? unit(unit) : "", RibclHealth.health(entry))));
    }

    private static String unit(String said) {
        return said.equalsIgnoreCase("Percentage") ? "Percent" : said;
    }

    /** Not every server measures it. */
    private List<Sensor> power() {
        try {
            return ilo
                    .tryCall(OPERATION, RibclCommand.read(SERVER_INFO, "GET_POWER_READINGS"))
                    .findAll("GET_POWER_READINGS")
                    .stream()
                    .flatMap(readings -> RibclReply.children(readings).stream())
                    .map(RibclSensors::watts)
                    .filter(sensor -> sensor.reading().isPresent())
                    .toList();
        } catch (RibclException e) {
            if (e.trouble() == RibclTrouble.LOGIN) {
                throw ilo.refused(OPERATION, e);
            }
            return List.of();
        }
    }

    /** {@code PRESENT_POWER_READING} becomes {@code Present power reading}. */
    private static Sensor watts(Element reading) {
        String words = reading.getTagName().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Sensor(
                Kind.POWER,
                words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
                RibclReply.attribute(reading, "VALUE").map(RibclHealth::number).orElse(OptionalDouble.empty()),
                RibclReply.attribute(reading, "UNIT").orElse(WATTS),
                Health.UNKNOWN);
    }
}
