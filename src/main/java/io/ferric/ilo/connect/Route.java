package io.ferric.ilo.connect;

import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.Quirk;
import io.ferric.ilo.wire.IloProtocol;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which protocol an iLO is asked in first, where it speaks several: the first row that fits. Redfish is the rule, for
 * it is what newer firmware is made for. Source: what proliantutils, which has spoken to real ones for years, does.
 */
enum Route {
    /** Gen8 is served best by what it was made with. */
    GEN8(Quirk.NO_BIOS_RESOURCE::applies, EnumSet.allOf(Subject.class), IloProtocol.RIBCL),
    NO_LASTING_OVERRIDE(Quirk.NO_CONTINUOUS_OVERRIDE::applies, EnumSet.of(Subject.PERSISTENT_BOOT), IloProtocol.RIBCL),
    /** The older of the two tells more there. */
    ILO4_HEALTH(Quirk.FLAT_BIOS::applies, EnumSet.of(Subject.INVENTORY, Subject.SENSORS), IloProtocol.RIBCL),
    RULE(who -> true, EnumSet.allOf(Subject.class), IloProtocol.REDFISH);

    /** What questions are about; those about one thing go the same way. */
    enum Subject {
        POWER,
        POST,
        NMI,
        IDENTITY,
        LICENSE,
        MEDIA,
        ONE_TIME_BOOT,
        PERSISTENT_BOOT,
        BOOT_MODE,
        BIOS,
        SECURE_BOOT,
        INVENTORY,
        SENSORS,
        INDICATOR,
        RESET
    }

    private final Predicate<Identity> which;
    private final Set<Subject> subjects;
    private final IloProtocol first;

    Route(Predicate<Identity> which, Set<Subject> subjects, IloProtocol first) {
        this.which = which;
        this.subjects = subjects;
        this.first = first;
    }

    /** The protocols in the order in which they are to be tried. */
    static List<IloProtocol> order(Detected ilo, Subject subject) {
        IloProtocol first = Arrays.stream(values())
                .filter(row -> row.which.test(ilo.identity()) && row.subjects.contains(subject))
                .findFirst()
                .orElseThrow()
                .first;
        return ilo.protocols().stream()
                .sorted(Comparator.comparing((IloProtocol each) -> each != first))
                .toList();
    }
}
