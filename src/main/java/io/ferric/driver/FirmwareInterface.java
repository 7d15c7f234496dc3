package io.ferric.driver;

import java.util.List;
import java.util.Optional;

/** Tells which firmware a server runs. Asks hardware. */
public interface FirmwareInterface {
    List<Component> components(Task task);

    /** A piece of firmware, such as {@code bios} or {@code bmc}, and the version it is at. */
    record Component(String name, Optional<String> version) {}
}
