package io.ferric.ilo.client;

import java.util.OptionalDouble;

/**
 * One reading.
 *
 * @param name as the iLO calls it, such as {@code 01-Inlet Ambient}
 * @param reading empty when the part is not there or tells nothing
 * @param unit {@code Celsius}, {@code Percent}, {@code Watts}, {@code Volts}, {@code RPM}; empty when there is no reading
 */
public record Sensor(Kind kind, String name, OptionalDouble reading, String unit, Health health) {
    /** What is measured. */
    public enum Kind {
        TEMPERATURE,
        FAN,
        POWER
    }
}
