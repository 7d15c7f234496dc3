package io.ferric.ilo.ribcl;

import io.ferric.ilo.client.Cures;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the errors of RIBCL mean, and what to do: the first row that knows the status or a piece of the message.
 * Numbers and texts differ between firmwares, so either is enough. Source: HPE iLO 4 scripting guide, python-hpilo,
 * proliantutils.
 */
enum RibclTrouble {
    LOGIN(
            statuses(0x005F, 0x000A),
            texts("login failed", "login credentials rejected", "user login name was not found"),
            "it rejects the user name or the password",
            Cures.LOGIN),
    RIBCL_OFF(
            statuses(),
            texts("ribcli is disabled"),
            "its RIBCL interface is switched off",
            "iLO 6 and later, and high security states of iLO 5, speak Redfish only: set ilo_protocol to auto or redfish;"
                    + " on another iLO 5 RIBCL can be switched on under Security > Access settings."),
    // before those known by a word: a syntax error repeats the line at fault, which may hold any word
    UNSUPPORTED(
            statuses(0x003C, 0x0001),
            texts("feature not supported", "syntax error"),
            "its firmware does not know the command",
            "Update the iLO's firmware; iLO 3 and older lack some commands for good."),
    LICENSE(statuses(0x002E), texts("license"), "its license does not allow it", Cures.LICENSE),
    PRIVILEGE(statuses(0x0023), texts("privilege"), "the user may not do this", Cures.PRIVILEGES),
    POWERED_OFF(
            statuses(),
            texts("server is currently powered off", "host power is off"),
            "the server is off",
            "Switch it on."),
    MEDIA_OPTION(
            statuses(0x0035),
            texts("virtual media option"),
            "it does not know the virtual media option",
            "Update the iLO's firmware."),
    SHORT_PASSWORD(
            statuses(0x0004),
            texts("password is too short"),
            "the password is too short for it",
            "Check ilo_password."),
    NOT_CONFIGURED(statuses(0x006D), texts(), "the subsystem is not configured", ""),
    BUSY(statuses(0x0088), texts("come back"), "it is busy", "Try again in ten minutes."),
    OTHER(statuses(), texts(), "it refuses", "Its event log may say more; resetting the iLO has helped.");

    private final List<Integer> statuses;
    private final List<String> texts;
    private final String meaning;
    private final String hint;

    RibclTrouble(List<Integer> statuses, List<String> texts, String meaning, String hint) {
        this.statuses = statuses;
        this.texts = texts;
        this.meaning = meaning;
        this.hint = hint;
    }

    static RibclTrouble of(int status, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(row ->
                        row.statuses.contains(status) || row.texts.stream().anyMatch(lower::contains))
                .findFirst()
                .orElse(OTHER);
    }

    /** Whether another protocol may do what was refused here. */
    boolean notOffered() {
        return this == UNSUPPORTED || this == RIBCL_OFF;
    }

    String meaning() {
        return meaning;
    }

    String hint() {
        return hint;
    }

    private static List<Integer> statuses(Integer... statuses) {
        return List.of(statuses);
    }

    private static List<String> texts(String... texts) {
        return List.of(texts);
    }
}
