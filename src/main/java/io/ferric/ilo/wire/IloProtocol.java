package io.ferric.ilo.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be spoken to an iLO. */
public enum IloProtocol {
    /** XML over HTTPS: iLO 3 to iLO 5. */
    RIBCL("RIBCL"),
    /** JSON over HTTPS: iLO 4 from firmware 2.30 on. */
    REDFISH("Redfish");

    private final String title;

    IloProtocol(String title) {
        this.title = title;
    }

    /** As in {@code ilo_protocol} and in answers: {@code ribcl}, {@code redfish}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value of this wire name; empty when there is none. */
    public static Optional<IloProtocol> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(name))
                .findFirst();
    }

    /** As people write it. */
    @Override
    public String toString() {
        return title;
    }
}
