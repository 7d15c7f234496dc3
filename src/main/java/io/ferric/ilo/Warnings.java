package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.ilo.client.License;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.TlsAge;
import java.util.List;
import java.util.stream.Collectors;

/** What stops nothing, but an operator should know of an iLO. */
final class Warnings {
    private Warnings() {}

    /** Of what the node's settings allow. */
    static void ofAccess(IloDriverInfo info, Findings findings) {
        if (info.access().trust() instanceof IloTrust.Off) {
            findings.warn(
                    "driver_info/ilo_verify_ca",
                    "The iLO's certificate is not verified: whoever sits between can read the iLO's password. Pin it with"
                            + " ilo_fingerprint, or name its authority in ilo_ca_file.");
        }
        if (info.access().tls() == TlsAge.OLD) {
            findings.warn(
                    "driver_info/ilo_old_tls",
                    "TLS 1.0 and 1.1 are spoken with the iLO: whoever listens on its network may be able to read its"
                            + " password. Update its firmware if there is a newer one, and remove ilo_old_tls.");
        }
    }

    /** Of the firmware that was seen. */
    static void ofFirmware(Sighting seen, Findings findings) {
        seen.firmware().ifPresent(firmware -> firmware.warnings()
                .forEach(warning -> findings.warn("driver_info/ilo_address", "The " + warning + ".")));
    }

    /** Of a license that was seen and does not suffice for a deploy. */
    static void ofLicense(Sighting seen, Findings findings) {
        if (seen.lacksMedia()) {
            findings.warn(
                    "driver_info/ilo_address",
                    "The iLO had no license for virtual media at " + seen.at() + ", but: "
                            + names(seen.licenses().orElseThrow())
                            + ". A deploy needs an iLO Advanced or Scale-Out license.");
        }
    }

    /** For people. */
    static String names(List<License> licenses) {
        return licenses.isEmpty()
                ? "none"
                : licenses.stream().map(License::type).collect(Collectors.joining(", "));
    }
}
