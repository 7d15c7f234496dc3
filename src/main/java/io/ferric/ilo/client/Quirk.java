package io.ferric.ilo.client;

import static io.ferric.ilo.client.Affected.all;
import static io.ferric.ilo.client.Affected.from;
import static io.ferric.ilo.client.Affected.only;
import static io.ferric.ilo.client.Affected.upTo;
import static io.ferric.ilo.client.Generation.ILO3;
import static io.ferric.ilo.client.Generation.ILO4;
import static io.ferric.ilo.client.Generation.ILO5;
import static io.ferric.ilo.client.Generation.ILO6;
import static io.ferric.ilo.client.Generation.ILO7;

import java.util.Arrays;
import java.util.List;

/**
 * Where iLOs differ from what their protocol says, or from each other: the table by which the clients behave. A row says
 * which iLOs have the quirk and what changes; its cure lies where the row is named. {@code docs/quirks.md} is made of it.
 */
public enum Quirk {
    // ---- which protocol
    NO_REDFISH(
            "Knows no Redfish; RIBCL is all there is.",
            "iLO 3; iLO 4 before 2.30",
            "HPE iLO 4 RESTful API guide",
            upTo(ILO3),
            only(ILO4).before("2.30")),
    NO_RIBCL(
            "Has no RIBCL, or answers every document with \"RIBCLI is disabled\"; spoken to in Redfish only.",
            "iLO 6, iLO 7",
            "Ironic's ilo driver, the error it explains",
            only(ILO6, ILO7)),
    RAW_RIBCL(
            "Takes RIBCL on a bare TLS connection and not by HTTP (404 on /ribcl); refused.",
            "iLO 2",
            "python-hpilo, detection of the protocol",
            upTo(Generation.ILO2)),

    // ---- what an operator should know
    AUTHENTICATION_BYPASS(
            "Lets anyone on its network in without a password (CVE-2017-12542); a warning tells so.",
            "iLO 4 before 2.54",
            "CVE-2017-12542",
            "lets anyone on its network in without a password (CVE-2017-12542); update it to 2.54 or later",
            only(ILO4).before("2.54")),
    EARLY_ILO5(
            "Virtual media and boot settings are not reliable; a warning tells so.",
            "iLO 5 before 2.63",
            "OpenShift's bare-metal requirements",
            "is older than 2.63, from which on virtual media is known to work well; update it",
            only(ILO5).before("2.63")),
    EARLY_ILO6(
            "Virtual media and boot settings are not reliable; a warning tells so.",
            "iLO 6 before 1.57",
            "OpenShift's bare-metal requirements",
            "is older than 1.57, from which on virtual media is known to work well; update it",
            only(ILO6).before("1.57")),

    // ---- Redfish on the wire
    ODATA_VERSION_HEADER(
            "Shows every property twice, by its Redfish and its older name, unless asked with OData-Version: 4.0.",
            "iLO 4",
            "HPE iLO 4 RESTful API guide",
            only(ILO4)),
    GZIP_REGARDLESS(
            "Sends some resources gzipped whatever Accept-Encoding says.",
            "iLO 4",
            "HPE iLO 4 RESTful API guide",
            only(ILO4)),
    REDIRECT_WITHOUT_SLASH(
            "Answers 308 when the slash at the end of a path is missing, to POST and PATCH as well; paths are sent with"
                    + " it and redirections repeat method and body.",
            "iLO 5 before 1.40",
            "HPE iLO 5 RESTful API guide",
            only(ILO5).before("1.40")),
    OLD_MESSAGE_ID(
            "Spells the MessageId of errors MessageID and may put them in Messages at the top.",
            "iLO 4",
            "HPE iLO 4 RESTful API guide",
            only(ILO4)),

    // ---- virtual media by Redfish
    MEDIA_IMAGE_ONLY(
            "Refuses Inserted and WriteProtected when media is inserted (PropertyUnknown); only Image is sent.",
            "iLO 4",
            "reports to Ironic",
            only(ILO4)),
    NO_STANDARD_INSERT(
            "Lacks VirtualMedia.InsertMedia; the action of the maker is used, or Image is patched.",
            "iLO 4; iLO 5 before 1.20",
            "HPE RESTful API guides for iLO 4 and 5",
            only(ILO4),
            only(ILO5).before("1.20")),
    HTTPS_MEDIA_ONLY(
            "Takes URLs of images with https: only; another one is refused before it is sent.",
            "iLO 7",
            "reports to Metal3",
            only(ILO7)),

    // ---- boot by Redfish
    OVERRIDE_MODE_READ_ONLY(
            "Refuses BootSourceOverrideMode (PropertyNotWritableOrUnknown); it is never sent, the mode is a BIOS setting.",
            "iLO 5 and later",
            "reports to Ironic",
            from(ILO5)),
    OVERRIDE_REFUSED(
            "Some firmware refuses the boot override (UnsupportedOperation); for the virtual CD BootOnNextServerReset is"
                    + " set instead.",
            "iLO 6 firmware 1.58, 1.72 and 2.30",
            "reports to Metal3 and Ironic",
            only(ILO6)),
    NO_CONTINUOUS_OVERRIDE(
            "Has no boot override that lasts; the boot order is left to RIBCL.",
            "iLO 4",
            "HPE iLO 4 RESTful API guide",
            only(ILO4)),

    // ---- boot mode
    FLAT_BIOS(
            "Has the BIOS settings at the top of the Bios resource and not in Attributes.",
            "iLO 4",
            "HPE iLO 4 RESTful API guide",
            only(ILO4)),
    NO_BIOS_RESOURCE(
            "Has no Bios link: BIOS settings are not reached by Redfish.",
            "iLO 4 in Gen8",
            "HPE iLO 4 RESTful API guide",
            only(ILO4).on("Gen8", "Gen8")),
    LEGACY_BOOT_ONLY(
            "Does not know UEFI, nor commands for the boot mode (status 0x003C or a syntax error): the mode is BIOS.",
            "iLO 3; Gen8 other than DL580",
            "proliantutils; HPE iLO 4 scripting guide",
            upTo(ILO3),
            only(ILO4).on("Gen8 other than DL580", "^(?!.*DL580).*Gen8")),

    // ---- power
    POWER_ON_REFUSED_AT_FIRST(
            "The enclosure may refuse to power on a blade for a while; it is asked again.",
            "ProLiant BL",
            "proliantutils, set_host_power",
            all().on("ProLiant BL", "ProLiant BL")),

    // ---- RIBCL on the wire
    CONTROL_BYTES(
            "Writes control bytes, which XML forbids, into an answer; they are dropped.",
            "iLO 3 and 4 with a faulty power supply",
            "python-hpilo, _communicate",
            all()),
    SELF_CLOSED_ROOT(
            "Closes the RIBCL element at once and then fills it; it is opened.",
            "iLO 2 firmware 1.96",
            "python-hpilo, _parse_message",
            all()),
    UNESCAPED_VALUES(
            "Leaves quotes, < and & in attributes as they are; a document that cannot be read otherwise is mended.",
            "iLO 4 firmware 2.55, a server name with quotes",
            "python-hpilo issue 183",
            all());

    private final String what;
    private final String seenOn;
    private final String reference;
    private final String warning;
    private final List<Affected> affected;

    Quirk(String what, String seenOn, String reference, Affected... affected) {
        this(what, seenOn, reference, "", affected);
    }

    Quirk(String what, String seenOn, String reference, String warning, Affected... affected) {
        this.what = what;
        this.seenOn = seenOn;
        this.reference = reference;
        this.warning = warning;
        this.affected = List.of(affected);
    }

    /** What operators of such an iLO are warned of, each a clause with its cure, the worst first. */
    public static List<String> warnings(Identity who) {
        return Arrays.stream(values())
                .filter(row -> !row.warning.isEmpty() && row.applies(who))
                .map(row -> who.generation() + " firmware " + who.firmware() + " " + row.warning)
                .toList();
    }

    /** Whether an iLO has it. Of what is not known of it is taken that it has it not, unless the row is for all. */
    public boolean applies(Identity who) {
        return affected.stream().anyMatch(each -> each.includes(who));
    }

    /** What such an iLO does, and what is done about it. */
    public String what() {
        return what;
    }

    /** Which iLOs are treated so, such as {@code iLO 4 before 2.54}. */
    public String appliesTo() {
        return String.join("; ", affected.stream().map(Affected::toString).toList());
    }

    /** On which it was found. */
    public String seenOn() {
        return seenOn;
    }

    /** Where that is known from. */
    public String reference() {
        return reference;
    }
}
