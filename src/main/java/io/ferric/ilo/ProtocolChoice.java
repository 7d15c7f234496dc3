package io.ferric.ilo;

import io.ferric.ilo.wire.IloProtocol;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which protocol is spoken to an iLO. */
public enum ProtocolChoice {
    /** What suits the iLO and the question; it is found out which iLO it is. */
    AUTO(null),
    RIBCL(IloProtocol.RIBCL),
    REDFISH(IloProtocol.REDFISH);

    private final IloProtocol only;

    ProtocolChoice(IloProtocol only) {
        this.only = only;
    }

    /** The only one that may be spoken; empty when it is to be found out. */
    public Optional<IloProtocol> only() {
        return Optional.ofNullable(only);
    }

    /** Of what an operator wrote, in any case. */
    static Optional<ProtocolChoice> of(String text) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** For messages: {@code auto, ribcl, redfish}. */
    static String names() {
        return Arrays.stream(values()).map(ProtocolChoice::wireName).collect(Collectors.joining(", "));
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
