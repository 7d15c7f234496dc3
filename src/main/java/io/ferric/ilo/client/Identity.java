package io.ferric.ilo.client;

import java.util.Optional;

/**
 * Who an iLO says it is: what the choice of a protocol and the table of quirks go by.
 *
 * @param firmware of the iLO, such as {@code 2.70}; empty when it is not told
 * @param model of the server, such as {@code ProLiant DL380 Gen9}
 */
public record Identity(Generation generation, String firmware, Optional<String> model) {
    /** Nothing is known. */
    public static final Identity UNKNOWN = new Identity(Generation.UNKNOWN, "", Optional.empty());

    /** The numbers of the firmware; empty when they are not told. */
    public Optional<FirmwareVersion> version() {
        return FirmwareVersion.in(firmware);
    }

    /** Such as {@code iLO 4 firmware 2.50 in a ProLiant DL380 Gen9}. */
    @Override
    public String toString() {
        return generation
                + (firmware.isEmpty() ? "" : " firmware " + firmware)
                + model.map(name -> " in a " + name).orElse("");
    }
}
