package io.ferric.rest;

import io.ferric.rest.auth.Authenticator;
import io.ferric.rest.auth.BasicAuthenticator;
import io.ferric.rest.auth.FakeKeystone;
import io.ferric.rest.auth.KeystoneAuthConfig;
import io.ferric.rest.auth.KeystoneAuthenticator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Who asks while the API is fuzzed.
 *
 * @param admin name and value of the header of somebody who may do everything; empty where nobody is asked
 * @param others headers of callers who may do less
 * @param strangers headers, of one request each, that let nobody in, or that are odd
 * @param secrets what no answer may show
 */
record FuzzCallers(
        RestConfig config,
        Optional<Authenticator> authenticator,
        List<String> admin,
        List<String> others,
        List<String> strangers,
        List<String> secrets) {
    private static final int THREADS = 16;
    private static final List<String> ROLES = List.of("admin", "service", "member", "reader");

    /** By the name of Ferric's {@code rest.auth_strategy}. */
    static FuzzCallers of(String strategy, Path folder) throws IOException {
        return switch (strategy) {
            case "noauth" -> nobody();
            case "http_basic" -> basic(folder.resolve("users"));
            default -> keystone();
        };
    }

    static FuzzCallers nobody() {
        List<String> odd = List.of("", "X-Auth-Token: x\r\n", "Authorization: Basic ====\r\n");
        return new FuzzCallers(RestConfig.defaults(), Optional.empty(), List.of(), List.of(), odd, List.of());
    }

    private static FuzzCallers basic(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        Function<String, String> password = role -> "hidden-word-of-" + role;
        for (String role : ROLES) {
            lines.add(role + ":" + OpenBSDBCrypt.generate(password.apply(role).toCharArray(), new byte[16], 4) + ":"
                    + role);
        }
        Files.write(file, lines);
        Function<String, String> login = role -> basic(role + ":" + password.apply(role));
        List<String> strangers = List.of(
                "",
                header(basic("admin:wrong")),
                header(basic("nobody:hidden-word")),
                header(basic("admin")),
                header(basic(":")),
                header(basic("admin:\u0000")),
                header(basic("ädmin:pässwörd")),
                header(basic("admin:" + "x".repeat(100))),
                header("Basic"),
                header("Basic !!!!"),
                header("Bearer abc"),
                header("basic " + "QUFB".repeat(3000)),
                header(login.apply("admin")).repeat(2),
                "X-Auth-Token: ramdisk\r\n",
                "Authorization: Basic \u00ff\u00fe\r\n");
        return new FuzzCallers(
                RestConfig.defaults().withHttpBasic(file),
                Optional.of(new BasicAuthenticator(file, THREADS, Clock.systemUTC())),
                List.of("Authorization", login.apply("admin")),
                ROLES.stream().skip(1).map(login).map(FuzzCallers::header).toList(),
                strangers,
                ROLES.stream().map(password).toList());
    }

    private static String header(String credentials) {
        return "Authorization: " + credentials + "\r\n";
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private static FuzzCallers keystone() {
        FakeKeystone keystone = new FakeKeystone(Clock.systemUTC())
                .keeps("hidden-system-admin", Optional.empty(), true, "admin", "member", "reader")
                .keeps("hidden-system-reader", Optional.empty(), true, "reader")
                .keeps("hidden-domain", Optional.empty(), false, "admin");
        List<String> tokens = new ArrayList<>(List.of("hidden-system-reader", "hidden-domain"));
        for (String role : List.of("admin", "manager", "member", "reader", "service", "nothing")) {
            keystone.keeps("hidden-" + role, Optional.of("p-one"), false, role);
            tokens.add("hidden-" + role);
        }
        KeystoneAuthConfig config = KeystoneAuthConfig.defaults().withProjects(List.of(FakeKeystone.PROJECT));
        List<String> strangers = List.of(
                "",
                token(""),
                token("unknown"),
                token("hidden-reader") + token("hidden-admin"),
                token("hidden-reader") + "X-Service-Token: hidden-service\r\n",
                token("hidden-reader") + "X-Service-Token: unknown\r\n",
                "X-Service-Token: hidden-service\r\n",
                token("x".repeat(8193)),
                token("\u00ff\u0001"),
                token("ferric-ramdisk-unknown"),
                "Authorization: Basic YTpi\r\n");
        List<String> secrets = new ArrayList<>(tokens);
        secrets.add("hidden-system-admin");
        return new FuzzCallers(
                RestConfig.defaults().withKeystone(config),
                Optional.of(new KeystoneAuthenticator(
                        config, URI.create("http://k:5000/v3"), keystone, THREADS, Clock.systemUTC())),
                List.of("X-Auth-Token", "hidden-system-admin"),
                tokens.stream().map(FuzzCallers::token).toList(),
                strangers,
                secrets);
    }

    private static String token(String value) {
        return "X-Auth-Token: " + value + "\r\n";
    }

    /** As it stands in a request; empty where nobody is asked. */
    String adminLine() {
        return admin.isEmpty() ? "" : String.join(": ", admin) + "\r\n";
    }
}
