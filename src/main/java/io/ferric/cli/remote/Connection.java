package io.ferric.cli.remote;

import io.ferric.cli.terminal.UsageException;
import io.ferric.client.ClientOptions;
import io.ferric.client.FerricClient;
import io.ferric.client.KeystoneLogin;
import io.ferric.client.Login;
import io.ferric.client.Microversion;
import io.ferric.client.OpenStackEnvironment;
import io.ferric.client.Retries;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach a server, from the command line, then the environment, then what is usual.
 *
 * @param environment as OpenStack's clients know it
 */
public record Connection(
        Optional<String> url,
        Optional<String> ca,
        Optional<String> version,
        Duration timeout,
        int retries,
        Map<String, String> environment) {
    private static final URI USUAL = URI.create("http://127.0.0.1:6385");

    /** Makes the client; nothing is asked of the server yet. */
    public FerricClient client() throws IOException {
        return FerricClient.of(options());
    }

    ClientOptions options() throws IOException {
        try {
            OpenStackEnvironment openStack = OpenStackEnvironment.of(environment);
            Optional<Path> certificates = ca.map(Path::of).or(openStack::ca);
            Login login = openStack.login(timeout, certificates);
            return new ClientOptions(
                    endpoint(openStack, login),
                    login,
                    wanted(),
                    timeout,
                    new Retries(retries, Retries.usual().pause()),
                    certificates);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private Optional<URI> endpoint(OpenStackEnvironment openStack, Login login) {
        Optional<URI> said = url.or(openStack::endpoint)
                .or(() -> Optional.ofNullable(environment.get("FERRIC_URL")).filter(text -> !text.isBlank()))
                .map(Connection::address);
        // Keystone's catalogue knows
        return login instanceof KeystoneLogin ? said : said.or(() -> Optional.of(USUAL));
    }

    private static URI address(String text) {
        try {
            URI uri = new URI(text.strip());
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // the cure is the same
        }
        throw new UsageException(
                "'" + text + "' is no address of an API; write it with its protocol, such as " + USUAL);
    }

    private Optional<Microversion> wanted() {
        Optional<String> asked = version.or(() -> Optional.ofNullable(environment.get("OS_BAREMETAL_API_VERSION")));
        if (asked.isEmpty()
                || asked.get().isBlank()
                || asked.get().equals("latest")
                || asked.get().equals("1")) {
            return Optional.empty();
        }
        return Optional.of(Microversion.parse(asked.get())
                .orElseThrow(() -> new UsageException(
                        "'" + asked.get() + "' is no version of the API; write it as 1.82, or latest")));
    }
}
