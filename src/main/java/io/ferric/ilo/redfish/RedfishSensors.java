package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Health;
import io.ferric.ilo.client.Sensor;
import io.ferric.ilo.client.Sensor.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Temperatures, fans and power supplies. Source: Redfish schemas Thermal and Power; iLO 4 has names of its own in them.
 */
final class RedfishSensors {
    private final RedfishIlo ilo;

    RedfishSensors(RedfishIlo ilo) {
        this.ilo = ilo;
    }

    List<Sensor> read() {
        return ilo.ask("reading the sensors", talk -> {
            Json chassis = talk.chassis().json();
            List<Sensor> all = new ArrayList<>();
            if (chassis.link("Thermal").isPresent()) {
                Json thermal = talk.follow(chassis, "Thermal").json();
                thermal.items("Temperatures").forEach(each -> all.add(temperature(each)));
                thermal.items("Fans").forEach(each -> all.add(fan(each)));
            }
            if (chassis.link("Power").isPresent()) {
                Json power = talk.follow(chassis, "Power").json();
                power.items("PowerSupplies").forEach(each -> all.add(supply(each)));
            }
            requireSome(all);
            return List.copyOf(all);
        });
    }

    private static void requireSome(List<Sensor> sensors) throws IOException {
        if (sensors.isEmpty()) {
            throw Declined.notOffered("its Redfish tells no sensors");
        }
    }

    private static Sensor temperature(Json json) {
        return sensor(Kind.TEMPERATURE, json, first(json, "ReadingCelsius", "CurrentReading"), "Celsius");
    }

    private static Sensor fan(Json json) {
        String unit = json.text("ReadingUnits").or(() -> json.text("Units")).orElse("Percent");
        return sensor(
                Kind.FAN,
                json,
                first(json, "Reading", "CurrentReading"),
                unit.equalsIgnoreCase("RPM") ? "RPM" : "Percent");
    }

    private static Sensor supply(Json json) {
        return sensor(Kind.POWER, json, first(json, "LastPowerOutputWatts", "PowerOutputWatts"), "Watts");
    }

    private static Sensor sensor(Kind kind, Json json, OptionalDouble told, String unit) {
        boolean absent = "Absent".equalsIgnoreCase(json.text("Status", "State").orElse(""));
        OptionalDouble reading = absent ? OptionalDouble.empty() : told;
        String name = Stream.of("Name", "FanName", "MemberId")
                .flatMap(each -> json.text(each).stream())
                .findFirst()
                .orElse(kind.name());
        return new Sensor(
                kind, name, reading, reading.isPresent() ? unit : "", absent ? Health.UNKNOWN : Status.of(json));
    }

    private static OptionalDouble first(Json json, String... names) {
        for (String each : names) {
            if (json.decimal(each).isPresent()) {
                return json.decimal(each);
            }
        }
        return OptionalDouble.empty();
    }
}
