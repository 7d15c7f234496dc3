package io.ferric.ilo;

import io.ferric.ilo.client.Sensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Readings as the API shows them: by kind and name, in words that Ironic's sensor data uses. */
final class SensorTable {
    private SensorTable() {}

    /** Of several sensors of one name the later ones get a number behind it. */
    static Map<String, Map<String, Object>> of(List<Sensor> sensors) {
        Map<String, Map<String, Object>> table = new LinkedHashMap<>();
        for (Sensor sensor : sensors) {
            Map<String, Object> kind = table.computeIfAbsent(kind(sensor), key -> new LinkedHashMap<>());
            kind.put(free(kind, sensor.name()), reading(sensor));
        }
        return table;
    }

    private static String kind(Sensor sensor) {
        return switch (sensor.kind()) {
            case TEMPERATURE -> "Temperature";
            case FAN -> "Fan";
            case POWER -> "Power";
        };
    }

    private static String free(Map<String, Object> taken, String name) {
        String free = name;
        for (int number = 2; taken.containsKey(free); number++) {
            free = name + " (" + number + ")";
        }
        return free;
    }

    private static Map<String, Object> reading(Sensor sensor) {
        Map<String, Object> reading = new LinkedHashMap<>();
        sensor.reading().ifPresent(value -> {
            reading.put("reading", value);
            reading.put("unit", sensor.unit());
        });
        reading.put("health", sensor.health().name().toLowerCase(Locale.ROOT));
        return reading;
    }
}
