package io.ferric.ilo;

import io.ferric.driver.DriverProperty;
import io.ferric.driver.Findings;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.TlsAge;
import io.ferric.ilo.wire.Words;
import io.ferric.node.DriverInfo;
import io.ferric.node.Secret;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a node's {@code driver_info} says about its iLO. Names and rules are Ironic's; {@code ilo_fingerprint}, {@code
 * ilo_protocol} and {@code ilo_old_tls} are ours.
 *
 * @param consolePort not used yet, as there is no console; read so that a wrong one is found when the node is enrolled
 * @param deployIso the ISO with the deploy ramdisk, from {@code ilo_deploy_iso} or {@code deploy_iso}
 */
record IloDriverInfo(IloAccess access, OptionalInt consolePort, Optional<String> deployIso) {
    static final String DEPLOY_ISO = "ilo_deploy_iso";
    private static final Set<String> FLAGS = Set.of("true", "false");

    static final List<DriverProperty> ACCESS_PROPERTIES = List.of(
            DriverProperty.required("ilo_address", "IP address or host name of the iLO."),
            DriverProperty.required("ilo_username", "User of the iLO with the privileges for power and virtual media."),
            DriverProperty.required("ilo_password", "Password of ilo_username."),
            DriverProperty.optional("client_port", "Port of the iLO's web server."),
            DriverProperty.optional("client_timeout", "Seconds that one call to the iLO may take."),
            DriverProperty.optional(
                    "ilo_protocol",
                    "auto, ribcl or redfish: what is spoken to the iLO; auto finds out which iLO it is."),
            DriverProperty.optional(
                    "ilo_old_tls",
                    "true for firmware that knows only TLS 1.0 or 1.1: whoever listens may be able to read the password."),
            DriverProperty.optional("console_port", "Port for the console."),
            DriverProperty.optional(
                    "ilo_fingerprint", "SHA-256 fingerprint of the iLO's certificate, to trust no other."),
            DriverProperty.optional(
                    "ilo_ca_file",
                    "PEM file or folder with the authorities that iLO certificates need. ca_file is understood as well."),
            DriverProperty.optional(
                    "ilo_verify_ca", "true, false, or a PEM file or folder: how the iLO's certificate is judged."));

    static final List<DriverProperty> DEPLOY_PROPERTIES = List.of(
            DriverProperty.required(
                    DEPLOY_ISO,
                    "ISO that boots the deploy ramdisk: Glance image UUID, glance://, http(s):// or file:// below an"
                            + " allowed folder. deploy_iso is understood as well."),
            DriverProperty.optional(
                    "ramdisk_ip",
                    "Address of the deploy ramdisk where there is no DHCP, with the length of the network: 10.1.2.3/24,"
                            + " 2001:db8::5/64."),
            DriverProperty.optional("ramdisk_gateway", "Gateway of the deploy ramdisk, together with ramdisk_ip."),
            DriverProperty.optional(
                    "ramdisk_report_ip",
                    "Address at which the conductor reaches the deploy ramdisk, where that is not its own."));

    /** Notes all that is wrong; empty when something is. */
    static Optional<IloDriverInfo> parse(DriverInfo info, IloConfig config, Findings findings) {
        Findings own = new Findings();
        Parser parser = new Parser(info, own);
        String address = parser.required("ilo_address", "Give the iLO's IP address or host name.");
        String username = parser.required("ilo_username", "Give a user of the iLO.");
        String password = parser.required("ilo_password", "Give the user's password.");
        parser.checkAddress(address);
        parser.checkPrintable("ilo_username", username, username);
        parser.checkPrintable("ilo_password", password, "***");
        int port = parser.number("client_port", 65_535).orElse(config.clientPort());
        OptionalInt seconds = parser.number("client_timeout", 3_600);
        OptionalInt consolePort = parser.number("console_port", 65_535);
        Optional<IloTrust> trust = parser.trust(config);
        ProtocolChoice protocol = parser.protocol().orElse(config.protocol());
        TlsAge tls = parser.flag("ilo_old_tls") ? TlsAge.OLD : TlsAge.MODERN;
        own.all().forEach(findings::add);
        if (!own.isEmpty()) {
            return Optional.empty();
        }
        Duration timeout = seconds.isPresent() ? Duration.ofSeconds(seconds.getAsInt()) : config.clientTimeout();
        IloAccess access = new IloAccess(
                address, port, username, Secret.of(password), timeout, trust.orElseThrow(), protocol.only(), tls);
        return Optional.of(new IloDriverInfo(access, consolePort, info.firstText(DEPLOY_ISO, "deploy_iso")));
    }

    /** Throws one fault that names all that is wrong. */
    static IloDriverInfo parse(DriverInfo info, IloConfig config) {
        Findings findings = new Findings();
        Optional<IloDriverInfo> parsed = parse(info, config, findings);
        findings.throwIfAny();
        return parsed.orElseThrow();
    }

    private record Parser(DriverInfo info, Findings findings) {
        String required(String key, String cure) {
            Optional<String> value = info.text(key);
            if (value.isEmpty()) {
                findings.missing(field(key), cure);
            }
            return value.orElse("");
        }

        void checkAddress(String address) {
            if (address.contains("/") || !address.matches("[\\x21-\\x7e]*")) {
                findings.invalid(
                        field("ilo_address"),
                        "is no address: '" + address
                                + "'. Give an IP address or a host name, without https:// and path.");
            }
        }

        void checkPrintable(String key, String value, String shown) {
            if (value.chars().anyMatch(each -> each < 0x20 || each == 0x7f)) {
                findings.invalid(field(key), "has control characters: '" + shown.replaceAll("\\p{Cntrl}", "?") + "'.");
            }
        }

        OptionalInt number(String key, int largest) {
            Optional<String> text = info.text(key);
            if (text.isEmpty()) {
                return OptionalInt.empty();
            }
            try {
                int value = Integer.parseInt(text.get().strip());
                if (value >= 1 && value <= largest) {
                    return OptionalInt.of(value);
                }
                findings.invalid(field(key), "must lie between 1 and " + largest + ": " + value + ".");
            } catch (NumberFormatException e) {
                findings.invalid(field(key), "is not an integer: '" + text.get() + "'.");
            }
            return OptionalInt.empty();
        }

        Optional<ProtocolChoice> protocol() {
            Optional<String> text = info.text("ilo_protocol");
            Optional<ProtocolChoice> choice = text.flatMap(ProtocolChoice::of);
            if (text.isPresent() && choice.isEmpty()) {
                findings.invalid(
                        field("ilo_protocol"),
                        "is '" + Words.shown(text.get()) + "'; there are: " + ProtocolChoice.names() + ".");
            }
            return choice;
        }

        boolean flag(String key) {
            String text = info.text(key).orElse("false").strip().toLowerCase(Locale.ROOT);
            if (!FLAGS.contains(text)) {
                findings.invalid(field(key), "must be true or false: '" + Words.shown(text) + "'.");
            }
            return text.equals("true");
        }

        Optional<IloTrust> trust(IloConfig config) {
            Optional<String> pin = info.text("ilo_fingerprint");
            if (pin.isPresent()) {
                return pinned(pin.get());
            }
            Optional<String> file = info.firstText("ilo_ca_file", "ca_file");
            String key = Stream.of("ilo_ca_file", "ca_file")
                    .filter(each -> info.text(each).isPresent())
                    .findFirst()
                    .orElse("ilo_verify_ca");
            Optional<String> text = file.or(() -> info.text("ilo_verify_ca"));
            return judged(key, text.orElse(config.verifyCa()), file.isPresent());
        }

        private Optional<IloTrust> pinned(String fingerprint) {
            try {
                return Optional.of(new IloTrust.Pinned(fingerprint));
            } catch (IllegalArgumentException e) {
                findings.invalid(field("ilo_fingerprint"), "is wrong: " + e.getMessage() + ".");
                return Optional.empty();
            }
        }

        private Optional<IloTrust> judged(String key, String text, boolean mustBePath) {
            try {
                IloTrust trust =
                        mustBePath ? new IloTrust.Authorities(java.nio.file.Path.of(text)) : IloTrust.parse(text);
                if (trust instanceof IloTrust.Authorities own && !Files.isReadable(own.path())) {
                    findings.invalid(field(key), "names a file that cannot be read: '" + text + "'.");
                    return Optional.empty();
                }
                return Optional.of(trust);
            } catch (InvalidPathException e) {
                findings.invalid(field(key), "is no path: '" + text + "'.");
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                findings.invalid(field(key), "is '" + text + "', " + e.getMessage() + ".");
                return Optional.empty();
            }
        }

        private static String field(String key) {
            return "driver_info/" + key;
        }
    }
}
