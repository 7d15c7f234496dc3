package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Cures;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the errors of Redfish mean, and what to do: the row that knows the last part of the first MessageId known to any,
 * else the row of the HTTP status. Source: HPE's iLO message registry, Redfish Base registry, reports to Ironic, Metal3
 * and proliantutils.
 */
enum RedfishTrouble {
    LOGIN(ids("UnauthorizedLoginAttempt"), statuses(), "it rejects the user name or the password", Cures.LOGIN),
    /** The login was not successful, whether for its password or for one before it; going on only makes it longer. */
    LOGIN_DELAYED(
            ids("LoginAttemptDelayed", "LoginAttemptDelayedSeconds"),
            statuses(),
            "the login failed, and it lets nobody log in for some seconds",
            "Check ilo_username and ilo_password, and whether somebody else logs in with wrong ones; it was not tried again."),
    SESSION_LOST(
            ids("NoValidSession", "TokenRequired"),
            statuses(401),
            "it does not know the session it had opened",
            "Somebody may have ended it; if this goes on, reset the iLO."),
    SESSION_SLOTS(
            ids(
                    "SessionLimitExceeded",
                    "MaximumNumberOfSessionsReached",
                    "CreateLimitReachedForResource",
                    "SessionsFull"),
            statuses(),
            "all its login sessions are taken",
            "End sessions that nobody uses in its web page, wait until they expire, or reset the iLO."),
    IN_POST(
            ids("UnableToModifyDuringSystemPOST"),
            statuses(),
            "the server is in its power-on self-test, during which this cannot be set",
            "Try again when the self-test has ended, or while the server is off."),
    WRONG_STATE(
            ids("InvalidOperationForSystemState"),
            statuses(),
            "the server is not in a state for this",
            "Look at its power state, and try again when its self-test has ended."),
    BUSY(
            ids(
                    "ServerConflict",
                    "ResourceInUse",
                    "ServiceTemporarilyUnavailable",
                    "ResourceInStandby",
                    "iLOResetInProgress"),
            statuses(503, 409, 429),
            "it is busy",
            "Try again in a minute; if it stays busy, reset the iLO."),
    LICENSE(
            ids("LicenseKeyRequired", "InvalidLicenseKey"),
            statuses(402),
            "its license does not allow it",
            Cures.LICENSE),
    PRIVILEGE(
            ids("InsufficientPrivilege", "InsufficientPrivilegeForProperty", "ResourceAtUriUnauthorized"),
            statuses(403),
            "the user may not do this",
            Cures.PRIVILEGES),
    MEDIA_TAKEN(
            ids("MaxVirtualMediaConnectionEstablished"),
            statuses(),
            "the virtual drive is taken, as by someone's remote console",
            Cures.CONSOLE),
    MEDIA_OFF(
            ids("VirtualMediaIsDisabled"),
            statuses(),
            "virtual media is switched off in its access settings",
            "Enable it under Security > Access settings."),
    NO_MEDIA(
            ids("NoVirtualMediaConnectionAvailable", "NoScriptedVirtualMediaConnectionAvailable"),
            statuses(),
            "there is nothing in the virtual drive",
            "If something was to be put in, check that the iLO can reach its URL; resetting the iLO has helped."),
    MEDIA_IN_USE(
            ids("UnableToModifyAfterVirtualMediaInsert"),
            statuses(),
            "this cannot be set once media is inserted",
            "Eject it first."),
    LEGACY_BOOT(
            ids("UnsupportedOperationInLegacyBootMode"),
            statuses(),
            "it does not do that in BIOS boot mode",
            "Set the boot mode uefi."),
    NOT_OFFERED(
            ids(
                    "UnsupportedOperation",
                    "ActionNotSupported",
                    "ActionNotSupportedOnResource",
                    "OperationNotAllowed",
                    "FeatureNotSupported"),
            statuses(405, 501),
            "its firmware does not do that",
            "Update the iLO's firmware."),
    NO_SUCH_RESOURCE(
            ids("ResourceMissingAtURI", "ResourceNotFound", "InvalidURI", "InvalidIndex"),
            statuses(404, 410),
            "it has no such resource",
            "Its Redfish may be switched off, or its firmware be too old: update it."),
    PROPERTY(
            ids(
                    "PropertyNotWritableOrUnknown",
                    "PropertyNotWritable",
                    "PropertyUnknown",
                    "PropertyValueNotInList",
                    "PropertyValueTypeError",
                    "PropertyValueFormatError",
                    "ActionParameterUnknown",
                    "ActionParameterValueNotInList",
                    "ActionParameterNotSupported"),
            statuses(),
            "its firmware does not know this setting or value",
            "Update the iLO's firmware."),
    PARAMETER_MISSING(
            ids("ActionParameterMissing", "PropertyMissing", "CreateFailedMissingReqProperties"),
            statuses(),
            "it wants more than it was told",
            "Update the iLO's firmware."),
    CHANGED_MEANWHILE(
            ids("PreconditionFailed", "ETagMismatch"),
            statuses(412),
            "somebody else changes the same settings",
            "Try again."),
    BROKEN(
            ids("InternalError"),
            statuses(500, 502, 504),
            "it has an internal error",
            "Reset the iLO if it does not recover."),
    OTHER(ids(), statuses(), "it refuses", "Its event log may say more; resetting the iLO has helped.");

    private final List<String> ids;
    private final List<Integer> statuses;
    private final String meaning;
    private final String hint;

    RedfishTrouble(List<String> ids, List<Integer> statuses, String meaning, String hint) {
        this.ids = ids;
        this.statuses = statuses;
        this.meaning = meaning;
        this.hint = hint;
    }

    static RedfishTrouble of(int status, ExtendedInfo info) {
        return info.messages().stream()
                .flatMap(message -> byId(message.id()).stream())
                .findFirst()
                .or(() -> Arrays.stream(values())
                        .filter(row -> row.statuses.contains(status))
                        .findFirst())
                .orElse(OTHER);
    }

    private static Optional<RedfishTrouble> byId(String id) {
        return Arrays.stream(values())
                .filter(row -> row.ids.stream().anyMatch(id::equalsIgnoreCase))
                .findFirst();
    }

    String meaning() {
        return meaning;
    }

    String hint() {
        return hint;
    }

    /** The MessageIds of this row, without registry and version. */
    List<String> messageIds() {
        return ids;
    }

    /** Whether this iLO, or its Redfish, does not do what was asked; another protocol may. */
    boolean notOffered() {
        return this == NOT_OFFERED || this == NO_SUCH_RESOURCE || this == PROPERTY;
    }

    private static List<String> ids(String... ids) {
        return List.of(ids);
    }

    private static List<Integer> statuses(Integer... statuses) {
        return List.of(statuses);
    }
}
