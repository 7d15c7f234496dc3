package io.ferric.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that OpenStack's clients take from the environment, {@code OS_AUTH_TYPE}, {@code OS_ENDPOINT} and the like,
 * as options of this client. Source: keystoneauth's plugin options.
 */
public final class OpenStackEnvironment {
    private static final String DEFAULT_DOMAIN = "Default";

    private final Map<String, String> variables;

    private OpenStackEnvironment(Map<String, String> variables) {
        this.variables = new HashMap<>(variables);
        this.variables.values().removeIf(String::isBlank);
    }

    public static OpenStackEnvironment of(Map<String, String> variables) {
        return new OpenStackEnvironment(variables);
    }

    /** Where the variables say the API is; empty where Keystone's catalogue should tell, or nothing does. */
    public Optional<String> endpoint() {
        return first("OS_ENDPOINT", "OS_ENDPOINT_OVERRIDE", "OS_BAREMETAL_ENDPOINT_OVERRIDE");
    }

    /** The file of certificates the variables name. */
    public Optional<Path> ca() {
        return first("OS_CACERT").map(Path::of);
    }

    /**
     * The login that the variables describe: of {@code OS_AUTH_TYPE}, or of what there is when that is not said.
     *
     * @param timeout of a question to Keystone
     * @throws IllegalArgumentException naming the variable that is missing or not known
     * @throws IOException when the file of certificates cannot be read
     */
    public Login login(Duration timeout, Optional<Path> ca) throws IOException {
        String type = first("OS_AUTH_TYPE").orElseGet(this::guessed).toLowerCase(Locale.ROOT);
        switch (type) {
            case "none", "noauth":
                return Login.none();
            case "http_basic":
                return Login.basic(need("OS_USERNAME"), need("OS_PASSWORD"));
            case "token_endpoint", "admin_token":
                return Login.token(need("OS_TOKEN"));
            case "token", "v3token":
                return first("OS_AUTH_URL").isEmpty()
                        ? Login.token(need("OS_TOKEN"))
                        : keystone(
                                KeystoneUser.token(authUrl(), need("OS_TOKEN")).scoped(scope()), timeout, ca);
            case "password", "v3password":
                return keystone(KeystoneUser.password(authUrl(), user()).scoped(scope()), timeout, ca);
            case "v3applicationcredential":
                return keystone(
                        KeystoneUser.applicationCredential(
                                authUrl(),
                                need("OS_APPLICATION_CREDENTIAL_ID"),
                                need("OS_APPLICATION_CREDENTIAL_SECRET")),
                        timeout,
                        ca);
            default:
                throw new IllegalArgumentException("OS_AUTH_TYPE is '" + type + "'; there are none, http_basic,"
                        + " password, token, token_endpoint and v3applicationcredential");
        }
    }

    private String guessed() {
        if (variables.containsKey("OS_TOKEN")) {
            return "token";
        }
        if (variables.containsKey("OS_APPLICATION_CREDENTIAL_ID")) {
            return "v3applicationcredential";
        }
        return variables.containsKey("OS_AUTH_URL") ? "password" : "none";
    }

    private Login keystone(KeystoneUser who, Duration timeout, Optional<Path> ca) throws IOException {
        KeystoneUser here = first("OS_REGION_NAME").map(who::inRegion).orElse(who);
        String reach = first("OS_INTERFACE", "OS_ENDPOINT_TYPE").orElse("public");
        return KeystoneLogin.of(here.reaching(reach.replaceAll("URL$", "")), timeout, ca);
    }

    private URI authUrl() {
        return URI.create(need("OS_AUTH_URL"));
    }

    private Map<String, Object> user() {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("password", need("OS_PASSWORD"));
        if (variables.containsKey("OS_USER_ID")) {
            user.put("id", need("OS_USER_ID"));
        } else {
            user.put("name", need("OS_USERNAME"));
            user.put("domain", domain("OS_USER_DOMAIN"));
        }
        return user;
    }

    private Map<String, Object> scope() {
        if (variables.containsKey("OS_SYSTEM_SCOPE")) {
            return Map.of("system", Map.of("all", true));
        }
        Optional<String> id = first("OS_PROJECT_ID", "OS_TENANT_ID");
        if (id.isPresent()) {
            return Map.of("project", Map.of("id", id.get()));
        }
        return first("OS_PROJECT_NAME", "OS_TENANT_NAME")
                .<Map<String, Object>>map(
                        name -> Map.of("project", Map.of("name", name, "domain", domain("OS_PROJECT_DOMAIN"))))
                .orElse(Map.of());
    }

    private Map<String, String> domain(String prefix) {
        return first(prefix + "_ID", "OS_DEFAULT_DOMAIN_ID")
                .map(id -> Map.of("id", id))
                .orElseGet(() -> Map.of(
                        "name",
                        first(prefix + "_NAME", "OS_DEFAULT_DOMAIN_NAME").orElse(DEFAULT_DOMAIN)));
    }

    private Optional<String> first(String... names) {
        for (String name : names) {
            if (variables.containsKey(name)) {
                return Optional.of(variables.get(name));
            }
        }
        return Optional.empty();
    }

    private String need(String name) {
        return first(name).orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
    }
}
