package io.ferric.rest.auth;

import io.ferric.node.FaultCode;
import io.ferric.node.NotAuthenticated;
import io.ferric.node.Unavailable;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Users of a password file, by name and password (RFC 7617). Their roles are for the whole system. */
public final class BasicAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(BasicAuthenticator.class);
    private static final String SCHEME = "Basic ";

    private final PasswordFile file;
    private final Logins logins;

    /**
     * @param threads how many REST has, of which passwords may take a part
     * @throws IllegalArgumentException naming the line of the file that cannot be used
     */
    public BasicAuthenticator(Path userFile, int threads, Clock clock) {
        this(new PasswordFile(userFile), new Logins(Bcrypt.LIBRARY, turns(threads), clock, new SecureRandom()));
    }

    BasicAuthenticator(PasswordFile file, Logins logins) {
        this.file = file;
        this.logins = logins;
    }

    private static Turns turns(int threads) {
        int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new Turns(Math.min(half, threads / 4), threads / 4, "passwords are being tried");
    }

    @Override
    public String challenge() {
        return "Basic realm=\"Ferric\", charset=\"UTF-8\"";
    }

    @Override
    public Caller authenticate(MultivaluedMap<String, String> headers) {
        Login login = AuthHeaders.only(headers, AuthHeaders.AUTHORIZATION)
                .map(BasicAuthenticator::login)
                .orElseThrow(() -> new NotAuthenticated(
                        "The request has no Authorization header.", "Send name and password: HTTP Basic."));
        PasswordFile.User user = proven(login).orElseThrow(() -> {
            LOG.debug("name or password of {} is wrong", login);
            return new NotAuthenticated("Name or password is wrong.", "");
        });
        return Caller.of(login.user(), user.role());
    }

    private Optional<PasswordFile.User> proven(Login login) {
        PasswordFile.Users users = users();
        Optional<PasswordFile.User> user = users.find(login.user());
        // a name that does not exist takes as long as one that does
        boolean right = logins.proves(login, user.map(PasswordFile.User::hash).orElse(users.decoy()));
        return right ? user : Optional.empty();
    }

    private PasswordFile.Users users() {
        try {
            return file.users();
        } catch (IOException e) {
            LOG.error("nobody can log in: {}", e.getMessage());
            throw new Unavailable(
                    FaultCode.TEMPORARY_FAILURE,
                    "The file of users cannot be used.",
                    "The conductor's log tells why; an operator must mend it.",
                    e);
        }
    }

    private static Login login(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw malformed("is not Basic");
        }
        String text = decoded(header.substring(SCHEME.length()).strip());
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw malformed("holds no <name>:<password>");
        }
        // bcrypt would end at a NUL
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw malformed("holds control characters");
        }
        Login login = new Login(text.substring(0, colon), text.substring(colon + 1));
        if (login.tooLong()) {
            throw malformed("holds a password of more than " + Login.LONGEST + " bytes, which is all bcrypt looks at");
        }
        return login;
    }

    private static String decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw malformed("is not UTF-8 in base64");
        }
    }

    private static NotAuthenticated malformed(String what) {
        return new NotAuthenticated("The Authorization header " + what + ".", "See RFC 7617.");
    }
}
