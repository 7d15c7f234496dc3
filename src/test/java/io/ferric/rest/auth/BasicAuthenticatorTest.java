package io.ferric.rest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ferric.node.NotAuthenticated;
import io.ferric.node.Unavailable;
import io.ferric.testkit.ManualClock;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicAuthenticatorTest {
    /** Of "U*U", by libxcrypt. */
    private static final String HASH = "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final List<String> tried = new ArrayList<>();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = write("# operators\n\nalice:" + HASH + "\n");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("users"), text);
    }

    private BasicAuthenticator counting() {
        Bcrypt bcrypt = (hash, password) -> {
            tried.add(hash);
            return Bcrypt.LIBRARY.matches(hash, password);
        };
        return new BasicAuthenticator(
                new PasswordFile(file), new Logins(bcrypt, new Turns(1, 4, "passwords"), clock, new SecureRandom()));
    }

    private static MultivaluedMap<String, String> headers(String... values) {
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        headers.put("Authorization", List.of(values));
        return headers;
    }

    private static MultivaluedMap<String, String> login(String user, String password) {
        return headers("Basic " + base64(user + ":" + password, StandardCharsets.UTF_8));
    }

    private static String base64(String text, Charset charset) {
        return Base64.getEncoder().encodeToString(text.getBytes(charset));
    }

    @ParameterizedTest
    @CsvSource({"admin,ADMIN", "service,SERVICE", "member,MEMBER", "reader,READER"})
    void gives_the_role_that_stands_behind_the_hash(String word, Role role) throws IOException {
        write("alice:" + HASH + ":" + word + "\n");

        Caller caller = new BasicAuthenticator(file, 32, clock).authenticate(login("alice", "U*U"));

        assertThat(caller.role()).isEqualTo(role);
        assertThat(caller.project()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Admin", "ramdisk", "root", "reader:reader"})
    void refuses_a_file_with_a_role_there_is_not(String word) throws IOException {
        write("alice:" + HASH + ":" + word + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicAuthenticator(file, 32, clock))
                .withMessageContaining("line 1")
                .withMessageNotContaining(HASH);
    }

    @Test
    void lets_in_who_has_the_password_as_administrator() {
        Caller caller = new BasicAuthenticator(file, 32, clock).authenticate(login("alice", "U*U"));

        assertThat(caller.role()).isEqualTo(Role.ADMIN);
        assertThat(caller).hasToString("alice, admin");
    }

    /** The hashes are of libxcrypt. */
    @ParameterizedTest
    @CsvSource({
        "pässwörd,$2a$04$abcdefghijklmnopqrstuuyx2n0Zzopyr9QuYTMCfOJJOj526QVoC",
        "pässwörd,$2b$04$abcdefghijklmnopqrstuuyx2n0Zzopyr9QuYTMCfOJJOj526QVoC",
        "pässwörd,$2y$04$abcdefghijklmnopqrstuuyx2n0Zzopyr9QuYTMCfOJJOj526QVoC",
        "72,$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i",
    })
    void understands_what_others_have_hashed(String password, String hash) throws IOException {
        write("alice:" + hash);
        String typed = password.equals("72") ? "x".repeat(72) : password;

        assertThat(counting().authenticate(login("alice", typed)).name()).isEqualTo("alice");
    }

    @Test
    void takes_the_scheme_in_any_case() {
        String rest = base64("alice:U*U", StandardCharsets.UTF_8);

        assertThat(counting().authenticate(headers("bASIC   " + rest)).name()).isEqualTo("alice");
    }

    @ParameterizedTest
    @CsvSource({"alice,u*u", "alice,''", "Alice,U*U", "bob,U*U", "alice:,U*U"})
    void refuses_a_wrong_name_or_password(String user, String password) {
        assertThatExceptionOfType(NotAuthenticated.class)
                .isThrownBy(() -> counting().authenticate(login(user, password)))
                .withMessage("Name or password is wrong.");
    }

    @Test
    void tries_a_hash_for_a_name_that_does_not_exist_too() {
        BasicAuthenticator authenticator = counting();

        assertThatExceptionOfType(NotAuthenticated.class)
                .isThrownBy(() -> authenticator.authenticate(login("nobody", "guess")));
        assertThat(tried).singleElement().asString().startsWith("$2b$05$").hasSameSizeAs(HASH);
    }

    @Test
    void no_password_of_another_is_told_by_a_name_that_does_not_exist() {
        BasicAuthenticator authenticator = new BasicAuthenticator(file, 32, clock);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(NotAuthenticated.class)
                    .isThrownBy(() -> authenticator.authenticate(login("nobody", "U*U")));
        }
    }

    @Test
    void refuses_a_header_that_is_malformed_without_trying_anything() {
        BasicAuthenticator authenticator = counting();
        for (MultivaluedMap<String, String> headers : List.of(
                new MultivaluedHashMap<String, String>(),
                headers("Basic"),
                headers("Basic !!!"),
                headers("Bearer x"),
                headers("Basic " + base64("alice", StandardCharsets.UTF_8)),
                headers("Basic " + base64(":U*U", StandardCharsets.UTF_8)),
                headers("Basic " + base64("alice:\u0000", StandardCharsets.UTF_8)),
                headers("Basic " + base64("alice:ü", StandardCharsets.ISO_8859_1)),
                login("alice", "x".repeat(73)),
                login("alice", "ü".repeat(37)),
                headers("Basic a", "Basic b"))) {
            assertThatExceptionOfType(NotAuthenticated.class).isThrownBy(() -> authenticator.authenticate(headers));
        }
        assertThat(tried).isEmpty();
    }

    @Test
    void a_long_password_cannot_hide_behind_its_first_72_bytes() throws IOException {
        String seventyTwo = "x".repeat(72);
        write("alice:" + hash(seventyTwo));
        BasicAuthenticator authenticator = counting();

        assertThat(authenticator.authenticate(login("alice", seventyTwo)).name())
                .isEqualTo("alice");
        assertThatExceptionOfType(NotAuthenticated.class)
                .isThrownBy(() -> authenticator.authenticate(login("alice", seventyTwo + "y")));
    }

    @Test
    void remembers_for_a_minute_that_a_password_is_right() {
        BasicAuthenticator authenticator = counting();
        for (int i = 0; i < 100; i++) {
            authenticator.authenticate(login("alice", "U*U"));
        }
        assertThat(tried).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        authenticator.authenticate(login("alice", "U*U"));

        assertThat(tried).hasSize(2);
    }

    @Test
    void hears_at_once_that_the_file_has_changed() throws IOException {
        BasicAuthenticator authenticator = counting();
        authenticator.authenticate(login("alice", "U*U"));
        write("alice:" + hash("another password") + "\nbob:" + HASH);

        assertThatExceptionOfType(NotAuthenticated.class)
                .isThrownBy(() -> authenticator.authenticate(login("alice", "U*U")));
        assertThat(authenticator.authenticate(login("bob", "U*U")).name()).isEqualTo("bob");
    }

    @Test
    void lets_nobody_in_while_the_file_is_broken() throws IOException {
        BasicAuthenticator authenticator = counting();
        authenticator.authenticate(login("alice", "U*U"));
        write("alice");
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> authenticator.authenticate(login("alice", "U*U")));
        Files.delete(file);
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> authenticator.authenticate(login("alice", "U*U")));
        write("alice:" + HASH);

        assertThat(authenticator.authenticate(login("alice", "U*U")).name()).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                ":" + HASH,
                "alice:",
                "alice:secret",
                "alice:$apr1$salt$hashhashhashhashhashha",
                "alice:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
                "alice:$6$salt$hash",
                "alice:$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "alice:$2y$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "alice:$2y$17$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "alice:" + HASH + ":",
                "alice:" + HASH + "\nalice:" + HASH
            })
    void names_the_line_that_cannot_be_used_and_the_cure(String text) throws IOException {
        write("# first\n" + text);
        int line = text.indexOf('\n') < 0 ? 2 : 3;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicAuthenticator(file, 32, clock))
                .withMessageContaining("rest.http_basic_user_file " + file)
                .withMessageContaining("line " + line + " ")
                .withMessageContaining("htpasswd -nbB")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "W6ph5"));
    }

    @Test
    void refuses_a_file_that_is_missing_empty_or_no_text() throws IOException {
        write("# nobody\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicAuthenticator(file, 32, clock))
                .withMessageContaining("names no user");
        Files.write(file, new byte[] {'a', ':', (byte) 0xff});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicAuthenticator(file, 32, clock))
                .withMessageContaining("UTF-8");
        Files.delete(file);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicAuthenticator(file, 32, clock))
                .withMessageContaining("does not exist");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicAuthenticator(folder, 32, clock))
                .withMessageContaining("cannot be read");
    }

    private static String hash(String password) {
        return OpenBSDBCrypt.generate(password.toCharArray(), new byte[16], 4);
    }
}
