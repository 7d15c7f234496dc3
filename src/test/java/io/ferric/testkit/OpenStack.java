package io.ferric.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/**
 * Real Keystone, Swift and Glance (its images in Swift) on free loopback ports, by the scripts of
 * {@code src/it/openstack}.
 *
 * <p>Started once a JVM, when a test first asks; stopped when the JVM ends, however it ends. The services are shared by
 * all tests of the JVM: work in containers and images of your own, and count what passes a
 * {@link FaultProxy} of your own. With {@code -Dferric.openstack=DIR} those that
 * {@code up.sh DIR} started are used instead and left running. Safe for use by many threads.
 */
public final class OpenStack {
    private static final Path SCRIPTS = Path.of("src/it/openstack").toAbsolutePath();
    private static final String PACKAGES = "keystone swift-proxy swift-account swift-container swift-object"
            + " swift-object-expirer glance-api memcached python3-swiftclient curl";
    private static final List<String> PROGRAMS = List.of(
            "keystone-manage",
            "swift-proxy-server",
            "swift-account-server",
            "swift-container-server",
            "swift-object-server",
            "swift-object-expirer",
            "glance-api",
            "memcached",
            "swift",
            "curl");

    private final Path dir;
    private final Map<String, String> env;
    private final HttpClient http = HttpClient.newHttpClient();

    private OpenStack(Path dir) throws IOException {
        this.dir = dir;
        this.env = Files.readAllLines(dir.resolve("env")).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** A user of the domain {@code Default}, and the project it has its roles in. */
    public record User(String name, String password, String project) {}

    /** The services of this JVM; fails or skips the calling test as {@link Peer} does when packages are missing. */
    public static OpenStack shared() {
        PROGRAMS.forEach(program -> Peer.requireFile("/usr/bin/" + program, "--no-install-recommends " + PACKAGES));
        return Started.now();
    }

    /** Keystone, such as {@code http://127.0.0.1:5000/v3}. */
    public URI authUrl() {
        return URI.create(env.get("AUTH_URL"));
    }

    /** The Swift account of the project {@code service}, where Glance's images are and Ferric's objects may be. */
    public URI swiftUrl() {
        return URI.create(env.get("SWIFT_URL"));
    }

    public URI glanceUrl() {
        return URI.create(env.get("GLANCE_URL"));
    }

    /** The key that signs TempURLs of the account at {@link #swiftUrl}. */
    public String tempUrlKey() {
        return env.get("TEMP_URL_KEY");
    }

    public String serviceProjectId() {
        return env.get("SERVICE_PROJECT_ID");
    }

    public String demoProjectId() {
        return env.get("DEMO_PROJECT_ID");
    }

    /** The region all endpoints are in. */
    public String region() {
        return env.get("REGION");
    }

    /** A region without any endpoint. */
    public String emptyRegion() {
        return env.get("EMPTY_REGION");
    }

    /** Role {@code admin} in the project {@code admin}. */
    public User admin() {
        return user("admin", "admin");
    }

    /** The service user: roles {@code admin} and {@code service} in the project {@code service}. */
    public User ferric() {
        return user("ferric", "service");
    }

    /** Role {@code member} in the project {@code demo}. */
    public User demo() {
        return user("demo", "demo");
    }

    /** Role {@code reader} in the project {@code demo}. */
    public User observer() {
        return user("observer", "demo");
    }

    private User user(String name, String project) {
        return new User(name, env.get(name.toUpperCase(Locale.ROOT) + "_PASSWORD"), project);
    }

    /** A fresh token of this user, scoped to its project. */
    public String token(User user) {
        String body = """
                {"auth": {"identity": {"methods": ["password"], "password": {"user":
                  {"name": "%s", "domain": {"id": "default"}, "password": "%s"}}},
                 "scope": {"project": {"name": "%s", "domain": {"id": "default"}}}}}
                """.formatted(user.name(), user.password(), user.project());
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(authUrl() + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        return answer.headers()
                .firstValue("X-Subject-Token")
                .orElseThrow(() -> new AssertionFailedError(answer.body()));
    }

    /** A token of {@link #demo} that expired an hour ago, so that services may still use it. */
    public String expiredToken() {
        return env.get("EXPIRED_TOKEN");
    }

    /** A token of {@link #demo} that expired so long ago that nobody may use it. */
    public String longExpiredToken() {
        return env.get("LONG_EXPIRED_TOKEN");
    }

    /** Makes a token worthless, for every service and at once. */
    public void revoke(String token) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(authUrl() + "/auth/tokens"))
                .header("X-Auth-Token", token(admin()))
                .header("X-Subject-Token", token)
                .DELETE());
        if (answer.statusCode() != 204) {
            throw new AssertionFailedError("Keystone did not revoke: " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Lets Swift remove what has expired from its listings, which it otherwise does some time later. */
    public void expireNow() {
        Peer.requireFile("/bin/bash", "bash");
        try {
            Process process = new ProcessBuilder(SCRIPTS.resolve("expire.sh").toString(), dir.toString())
                    .inheritIO()
                    .start();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionFailedError("expire.sh failed; see " + dir.resolve("log/expire.log"));
            }
        } catch (IOException e) {
            throw new AssertionFailedError("cannot run expire.sh", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionFailedError("interrupted", e);
        }
    }

    /** The environment in which {@code openstack} and {@code swift} act as this user; Debian's python3 comes first. */
    public Map<String, String> cli(User user) {
        Map<String, String> all = new TreeMap<>();
        all.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        all.put("OS_AUTH_URL", authUrl().toString());
        all.put("OS_IDENTITY_API_VERSION", "3");
        all.put("OS_REGION_NAME", region());
        all.put("OS_USERNAME", user.name());
        all.put("OS_PASSWORD", user.password());
        all.put("OS_PROJECT_NAME", user.project());
        all.put("OS_USER_DOMAIN_ID", "default");
        all.put("OS_PROJECT_DOMAIN_ID", "default");
        return all;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionFailedError("Keystone at " + authUrl() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionFailedError("interrupted", e);
        }
    }

    /** Starts the services when first asked, and remembers a failure instead of trying again. */
    private static final class Started {
        private static OpenStack services;
        private static AssertionFailedError failure;

        static synchronized OpenStack now() {
            if (failure != null) {
                throw failure;
            }
            if (services == null) {
                try {
                    String running = System.getProperty("ferric.openstack", "");
                    services = new OpenStack(running.isEmpty() ? start() : Path.of(running));
                } catch (IOException e) {
                    failure = new AssertionFailedError("cannot start OpenStack: " + e.getMessage(), e);
                    throw failure;
                }
            }
            return services;
        }

        /** The services end with the process that holds the other end of run.sh's standard input. */
        private static Path start() throws IOException {
            Path dir = Files.createTempDirectory("ferric-openstack");
            Path words = Files.createTempFile("ferric-openstack", ".err");
            Process process = new ProcessBuilder(SCRIPTS.resolve("run.sh").toString(), dir.toString())
                    .redirectError(words.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, dir, words)));
            BufferedReader out = process.inputReader();
            if (!"up".equals(out.readLine())) {
                throw new IOException(Files.readString(words));
            }
            return dir;
        }

        private static void stop(Process process, Path dir, Path words) {
            try (Stream<Path> files = Files.walk(dir)) {
                process.getOutputStream().close();
                process.waitFor(20, TimeUnit.SECONDS);
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
                Files.deleteIfExists(words);
            } catch (IOException e) {
                System.err.println("cannot tidy " + dir + ": " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
