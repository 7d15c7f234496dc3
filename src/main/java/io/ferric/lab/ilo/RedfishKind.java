package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the JSON faces of one iLO have of their own: the table of ilo-protocols b.10, by generation and firmware.
 *
 * @param firmware as {@code 2.70} or {@code 1.12.00}
 */
record RedfishKind(IloProfile profile, String firmware) {

    int generation() {
        return profile.generation();
    }

    /** Whether {@code /redfish/v1} is there. */
    boolean redfish() {
        return generation() >= 5 || generation() == 4 && atLeast("2.30");
    }

    /** Whether {@code /rest/v1} is there. */
    boolean rest() {
        return generation() == 4 && atLeast("2.00");
    }

    /** Whether {@code /rest/v1} only points at {@code /redfish/v1}. */
    boolean restMoved() {
        return generation() == 5;
    }

    /** Whether a missing slash at the end is answered with 308. */
    boolean insistsOnSlash() {
        return generation() == 5 && !atLeast("1.40");
    }

    boolean twoPropertySets() {
        return generation() == 4;
    }

    /** Whether answers come in chunks. */
    boolean chunked() {
        return generation() >= 5;
    }

    /** Whether the server's BIOS can be seen and set. */
    boolean bios() {
        return profile != IloProfile.ILO4_GEN8;
    }

    /** Whether disks are shown by the maker's own tree, and not by the standard one. */
    boolean smartStorage() {
        return generation() <= 5;
    }

    /** 0 legacy only, 2 both, 3 UEFI only. */
    int uefiClass() {
        if (!bios()) {
            return 0;
        }
        return generation() == 7 ? 3 : 2;
    }

    /** Whether the standard actions InsertMedia and EjectMedia are there. */
    boolean standardMedia() {
        return generation() > 5 || generation() == 5 && atLeast("1.20");
    }

    /** Whether the maker's own media actions are there. */
    boolean oemMedia() {
        return generation() < 7;
    }

    List<String> mediaSchemes() {
        return generation() == 7 ? List.of("https") : List.of("http", "https");
    }

    List<String> resetTypes() {
        if (generation() == 4 || generation() == 5 && !atLeast("2.10")) {
            return List.of("On", "ForceOff", "ForceRestart", "Nmi", "PushPowerButton");
        }
        return List.of(
                "On", "ForceOff", "GracefulShutdown", "ForceRestart", "Nmi", "PushPowerButton", "GracefulRestart");
    }

    /** Whether a boot override may stay; the older interface of iLO 4 takes it, the newer does not. */
    boolean continuous(RestView view) {
        return generation() > 4 || view == RestView.REST;
    }

    /** {@code Hp} or {@code Hpe}. */
    String oem() {
        return generation() == 4 ? "Hp" : "Hpe";
    }

    /** The start of the names of the maker's own system actions. */
    String systemExtension() {
        return oem() + "ComputerSystemExt";
    }

    String mediaExtension() {
        return generation() == 4 ? "HpiLOVirtualMedia" : "HpeiLOVirtualMedia";
    }

    String redfishVersion() {
        return switch (generation()) {
            case 4 -> "1.0.0";
            case 5 -> "1.6.0";
            case 6 -> "1.13.0";
            default -> "1.20.0";
        };
    }

    /** The full name of a message: registry, version, name. */
    String message(String registry, String name) {
        String version =
                switch (generation()) {
                    case 4 -> "0.10";
                    case 5 -> registry.equals("iLO") ? "2.8" : "1.4";
                    case 6 -> registry.equals("iLO") ? "2.23" : "1.13";
                    default -> registry.equals("iLO") ? "2.37" : "1.18";
                };
        return registry + "." + version + "." + name;
    }

    /** How the identifier of a message is spelt. */
    String messageIdName() {
        return generation() == 4 ? "MessageID" : "MessageId";
    }

    /** A type as {@code @odata.type} spells it. */
    String type(String name) {
        return generation() == 4 ? "#" + name + ".1.0.0." + name : "#" + name + ".v1_4_0." + name;
    }

    RestFault unknownProperty(String name) {
        return RestFault.base(generation() == 4 ? "PropertyUnknown" : "PropertyNotWritableOrUnknown", name);
    }

    /** The maker's own section of a resource. */
    ObjectNode oem(ObjectNode content) {
        return object(oem(), content);
    }

    boolean atLeast(String version) {
        return Arrays.compare(numbers(firmware), numbers(version)) >= 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\."))
                .mapToInt(part -> Optional.of(part.replaceAll("\\D", ""))
                        .filter(digits -> !digits.isEmpty())
                        .map(Integer::parseInt)
                        .orElse(0))
                .toArray();
    }
}
