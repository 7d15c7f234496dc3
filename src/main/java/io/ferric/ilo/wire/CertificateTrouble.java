package io.ferric.ilo.wire;

import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why an iLO's certificate is not trusted, and what to do about it. */
final class CertificateTrouble {
    private static final int CAUSES = 16;
    private static final int NAMES = 4;

    private final Certificates.Untrusted untrusted;
    private final IloAccess access;

    private CertificateTrouble(Certificates.Untrusted untrusted, IloAccess access) {
        this.untrusted = untrusted;
        this.access = access;
    }

    static ConnectionTrouble of(Certificates.Untrusted untrusted, IloAccess access) {
        return new CertificateTrouble(untrusted, access).explained();
    }

    private ConnectionTrouble explained() {
        X509Certificate shown = untrusted.certificate();
        if (access.trust() instanceof IloTrust.Pinned) {
            return new ConnectionTrouble(
                    "its certificate is not the pinned one but has the SHA-256 fingerprint " + untrusted.fingerprint(),
                    "If the certificate was changed on purpose, put this fingerprint in ilo_fingerprint.");
        }
        if (caused(CertificateExpiredException.class).isPresent()) {
            return because(
                    "it expired on " + day(shown.getNotAfter()),
                    "Renew it in the iLO, or pin it with ilo_fingerprint: a pinned certificate may be expired.");
        }
        if (caused(CertificateNotYetValidException.class).isPresent()) {
            return because(
                    "it is not valid before " + day(shown.getNotBefore()),
                    "Correct the clock of the iLO or of this host, or pin it with ilo_fingerprint.");
        }
        // another authority of the same name shows by its signature
        if (caused(CertPathBuilderException.class).isPresent()
                || caused(SignatureException.class).isPresent()) {
            return because(
                    "no authority known here has signed it",
                    "Name its authority in ilo_ca_file, or pin this certificate with ilo_fingerprint once you have"
                            + " made sure that it is the iLO's.");
        }
        return isOfAnotherName()
                ? because(
                        "it names " + names(shown) + " and not " + access.address(),
                        "The certificate an iLO makes for itself names only its serial number: pin it with"
                                + " ilo_fingerprint, or give the iLO one that names its address.")
                : because(
                        "it does not fit: " + Words.shown(String.valueOf(root().getMessage())),
                        "Pin this certificate with ilo_fingerprint once you have made sure that it is the iLO's.");
    }

    private ConnectionTrouble because(String reason, String cure) {
        return new ConnectionTrouble(
                "its certificate, SHA-256 fingerprint " + untrusted.fingerprint() + ", is not trusted: " + reason,
                cure);
    }

    /** The JDK has no type of its own for this. */
    private boolean isOfAnotherName() {
        String message = String.valueOf(untrusted.getCause().getMessage());
        return message.startsWith("No subject alternative") || message.startsWith("No name matching");
    }

    /** The alternative names, which alone count, or the subject when there are none. */
    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null && !all.isEmpty()) {
                List<String> names = all.stream()
                        .limit(NAMES)
                        .map(name -> Words.shown(String.valueOf(name.get(1))))
                        .toList();
                return String.join(", ", names) + (all.size() > NAMES ? ", ..." : "");
            }
        } catch (CertificateParsingException e) {
            // then it is the subject
        }
        return "only " + Words.shown(certificate.getSubjectX500Principal().getName());
    }

    private <E extends Throwable> Optional<E> caused(Class<E> type) {
        return causes().filter(type::isInstance).map(type::cast).findFirst();
    }

    private Throwable root() {
        return causes().reduce((before, after) -> after).orElse(untrusted);
    }

    private Stream<Throwable> causes() {
        return Stream.<Throwable>iterate(untrusted, each -> each != null, Throwable::getCause)
                .limit(CAUSES);
    }

    private static LocalDate day(Date date) {
        return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC);
    }
}
