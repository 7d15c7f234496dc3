package io.ferric.ilo.redfish;

import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.Quirk;
import io.ferric.node.BootDevice;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the next boot comes from. Target and tenure go in one change, without the mode, which iLOs take for read-only;
 * taking it back says only that it is disabled. Source: HPE RESTful API guides, reports to Ironic.
 */
final class RedfishBoot {
    /** Without the mode, for Quirk.OVERRIDE_MODE_READ_ONLY. */
    private static final String TARGET = "BootSourceOverrideTarget";

    private static final String ENABLED = "BootSourceOverrideEnabled";

    private final RedfishIlo ilo;

    RedfishBoot(RedfishIlo ilo) {
        this.ilo = ilo;
    }

    BootTarget oneTime() {
        return ilo.ask("reading the one-time boot device", talk -> {
            Json boot = talk.system().json().at("Boot");
            if (boot.text(ENABLED).orElse("").equalsIgnoreCase("Once")) {
                return target(boot.text(TARGET).orElse("None"));
            }
            return bootsFromCd(talk) ? BootTarget.CDROM : BootTarget.NORMAL;
        });
    }

    void setOneTime(BootDevice device) {
        ilo.tell("setting the one-time boot device " + device, talk -> {
            try {
                override(talk, device, "Once");
            } catch (RedfishRefusal e) {
                if (!e.trouble().notOffered() || !tookCdInstead(talk, device)) {
                    throw e;
                }
            } catch (Declined e) {
                if (!tookCdInstead(talk, device)) {
                    throw e;
                }
            }
        });
    }

    void clearOneTime() {
        ilo.tell("clearing the one-time boot device", talk -> {
            if (bootsFromCd(talk)) {
                RedfishDrive.of(talk, MediaDrive.CDROM).bootOnNextReset(talk, false);
            }
            Resource system = talk.system();
            if (!system.json().text("Boot", ENABLED).orElse("Disabled").equalsIgnoreCase("Disabled")) {
                talk.patch(system, Map.of("Boot", Map.of(ENABLED, "Disabled")));
            }
        });
    }

    /** @param tenure {@code Once} or {@code Continuous} */
    static void override(RedfishTalk talk, BootDevice device, String tenure) throws IOException {
        Resource system = talk.system();
        List<String> targets = system.json().texts("Boot", TARGET + "@Redfish.AllowableValues");
        List<String> tenures = system.json().texts("Boot", ENABLED + "@Redfish.AllowableValues");
        if (!targets.isEmpty() && !targets.contains(name(device)) || !tenures.isEmpty() && !tenures.contains(tenure)) {
            throw Declined.notOffered("its Redfish has no boot override " + name(device) + ", " + tenure);
        }
        talk.patch(system, Map.of("Boot", Map.of(TARGET, name(device), ENABLED, tenure)));
    }

    /** An iLO that refuses the override may still boot from a CD that is in. */
    private static boolean tookCdInstead(RedfishTalk talk, BootDevice device) throws IOException {
        if (device != BootDevice.CDROM) {
            return false;
        }
        RedfishDrive cd = RedfishDrive.of(talk, MediaDrive.CDROM);
        boolean possible = cd.status().inserted() && cd.resource().oemName().isPresent();
        if (possible) {
            cd.bootOnNextReset(talk, true);
        }
        return possible;
    }

    private static boolean bootsFromCd(RedfishTalk talk) throws IOException {
        return Quirk.OVERRIDE_REFUSED.applies(talk.identity())
                && RedfishDrive.of(talk, MediaDrive.CDROM).status().bootOption().equals("BOOT_ONCE");
    }

    static BootTarget target(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "none" -> BootTarget.NORMAL;
            case "pxe" -> BootTarget.PXE;
            case "hdd" -> BootTarget.DISK;
            case "cd" -> BootTarget.CDROM;
            case "floppy" -> BootTarget.FLOPPY;
            case "usb" -> BootTarget.USB;
            case "biossetup" -> BootTarget.SETUP;
            default -> BootTarget.OTHER;
        };
    }

    private static String name(BootDevice device) {
        return switch (device) {
            case PXE -> "Pxe";
            case DISK -> "Hdd";
            case CDROM -> "Cd";
        };
    }
}
