package io.ferric.driver;

/** A key of {@code driver_info} that a driver reads. */
public record DriverProperty(String name, String description, boolean required) {
    public static DriverProperty required(String name, String description) {
        return new DriverProperty(name, description + " Required.", true);
    }

    public static DriverProperty optional(String name, String description) {
        return new DriverProperty(name, description + " Optional.", false);
    }
}
