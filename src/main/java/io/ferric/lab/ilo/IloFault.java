package io.ferric.lab.ilo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Ways in which a {@link SimulatedIlo} misbehaves when told to; each was seen on real hardware or is feared of it. */
public enum IloFault {
    /** Answers 200 with a body that is no XML at all. */
    GARBAGE_ANSWER,
    /** Answers with a well-formed document whose root is not {@code RIBCL}. */
    WRONG_DOCUMENT,
    /** Ends the answer in the middle of a document, cleanly for HTTP. */
    TRUNCATED_DOCUMENT,
    /** Closes the connection in the middle of a chunk. */
    DROP_IN_CHUNK,
    /** Closes the connection without an answer. */
    DROP_AT_ONCE,
    /** Waits for the time set by {@link SimulatedIlo.Builder#slowness} before each answer. */
    SLOW,
    /** Takes the request and never answers; the connection stays open. */
    NEVER_ANSWERS,
    /** Answers HTTP 503. */
    HTTP_503,
    /** Answers that RIBCL is switched off, as an iLO 6 does. */
    RIBCL_DISABLED,
    /** Rejects the login whatever the password is. */
    LOGIN_FAILED,
    /** Shows a standard licence and refuses virtual media for want of a better one. */
    NO_LICENSE,
    /** Says 0x0000 to INSERT_VIRTUAL_MEDIA and inserts nothing. */
    INSERT_WITHOUT_INSERTING,
    /** Answers INSERT_VIRTUAL_MEDIA with an error. */
    INSERT_FAILS,
    /** Answers EJECT_VIRTUAL_MEDIA with an error. */
    EJECT_FAILS,
    /** Takes media, but never fetches a byte of them: the server finds the drives empty. */
    NEVER_FETCHES,
    /** Takes power commands without an error and stays as it is. */
    STUCK_POWER,
    /** Answers the boot mode commands with 0x003C "Feature not supported", as Gen8 and G7 do. */
    UNSUPPORTED_BOOT_MODE,
    /** Answers each command with a syntax error, as old firmware does to commands it does not know. */
    UNKNOWN_COMMAND,
    /** Puts unescaped quotes in product and server names (iLO 4 2.55). No other answer changes. */
    UNESCAPED_QUOTE,
    /** Scatters control bytes and one non-ASCII byte over the answer (seen with a faulty power supply). */
    CONTROL_BYTES,
    /** Sends its answer a byte at a time with a pause before each ({@link SimulatedIlo.Builder#drip}). */
    SLOW_DRIP,
    /** Sends an answer that never ends, as fast as it is read. */
    ENDLESS_ANSWER,
    /** Answers HTTP 500. */
    HTTP_500,
    /** Answers HTTP 404 to {@code /xmldata}, as where anonymous data is switched off. */
    XMLDATA_OFF,
    /** Answers HTTP 404 to {@code /redfish/v1} and {@code /rest/v1}. */
    REDFISH_DISABLED,
    /** Has no slot for one more Redfish session. */
    SESSION_SLOTS_FULL,
    /** Forgets all Redfish sessions. */
    SESSION_LOST,
    /** Refuses to change settings because the server is in its self-test. */
    POST_BUSY,
    /** Refuses to override the boot source. */
    BOOT_OVERRIDE_REFUSED,
    /** Offers no standard InsertMedia action, as early iLO 5 firmware: only the maker's own. */
    NO_STANDARD_INSERT,
    /** Says that a console applet has the virtual drive. */
    MEDIA_HELD_BY_CONSOLE,
    /** Answers HTTP 412 to a change, as if someone else had changed the resource meanwhile. */
    ETAG_MISMATCH,
    /** Compresses its JSON answer although nobody asked for it. */
    GZIP_REGARDLESS;

    /** The fault of this name, in any case, with {@code -} or {@code _}; empty when there is none. */
    public static Optional<IloFault> ofName(String name) {
        String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values())
                .filter(fault -> fault.name().equals(constant))
                .findFirst();
    }

    /** All names, for people who wrote one wrongly. */
    public static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
