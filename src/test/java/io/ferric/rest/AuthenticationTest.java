package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.ferric.conductor.Allocations;
import io.ferric.conductor.Conductor;
import io.ferric.conductor.Registry;
import io.ferric.conductor.Requester;
import io.ferric.node.FaultCode;
import io.ferric.node.NotFound;
import io.ferric.rest.auth.FakeKeystone;
import io.ferric.rest.auth.KeystoneAuthConfig;
import io.ferric.rest.auth.KeystoneAuthenticator;
import io.ferric.rest.auth.RamdiskTokenKind;
import io.ferric.rest.common.ApiVersion;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.invocation.InvocationOnMock;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationTest {
    /** What only reads, and yet is more than readers may: as in Ironic. */
    private static final String ONLY_FOR_MEMBERS =
            "/v1/nodes/[^/]+/(validate|vmedia|states/console|management/boot_device.*)"
                    + "|.*/vendor_passthru/(?!methods$).*";

    /** What other services may not. */
    private static final String ONLY_FOR_ADMINS = "DELETE /v1/nodes/X|POST /v1/events|(POST|DELETE) /v1/chassis.*"
            + "|(POST|DELETE|PATCH) /v1/deploy_templates.*|(?!OPTIONS)[A-Z]+ /v1/drivers/X/vendor_passthru/(?!methods).*";

    private static final String POST =
            "POST /v1/nodes HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** Everything is missing: whoever hears of that was let in. */
    private final Conductor conductor = mock(Conductor.class, AuthenticationTest::missing);

    private static Object missing(InvocationOnMock call) {
        Class<?> type = call.getMethod().getReturnType();
        if (type == Allocations.class || type == Registry.class) {
            return mock(type, AuthenticationTest::missing);
        }
        throw new NotFound(FaultCode.NODE_NOT_FOUND, "There is no such thing.", "");
    }

    private final FakeKeystone keystone = new FakeKeystone(Clock.systemUTC())
            .knows("admin", "admin", "member", "reader")
            .knows("service", "service")
            .knows("reader", "reader")
            .knows("demo", Optional.of("p-demo"), false, "member", "reader")
            .knows("none");
    private Served rest;

    @BeforeAll
    void serve() {
        rest = serve(KeystoneAuthConfig.defaults());
    }

    @BeforeEach
    void forget() {
        clearInvocations(conductor);
    }

    private Served serve(KeystoneAuthConfig how) {
        KeystoneAuthConfig config = how.withProjects(List.of(FakeKeystone.PROJECT));
        return new Served(
                conductor,
                RestConfig.defaults().listeningOn("127.0.0.1", 0).withKeystone(config),
                Optional.of(new KeystoneAuthenticator(
                        config, URI.create("http://k:5000/v3"), keystone, 32, Clock.systemUTC())));
    }

    @AfterAll
    void close() {
        rest.close();
    }

    record Route(String method, String path) {}

    /** Every route there is, as Jersey sees it: a new one cannot be forgotten. */
    static Stream<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (Class<?> type : RestServer.RESOURCES) {
            collect("", Resource.from(type), routes);
        }
        assertThat(routes).hasSizeGreaterThan(35);
        return routes.stream();
    }

    private static void collect(String above, Resource resource, List<Route> routes) {
        String path = (above + "/" + resource.getPath())
                .replaceAll("\\{[^}]*}", "00000000-0000-0000-0000-000000000000")
                .replaceAll("/+", "/");
        for (ResourceMethod method : resource.getAllMethods()) {
            routes.add(new Route(method.getHttpMethod(), path));
            if (method.getHttpMethod().equals("GET")) {
                routes.add(new Route("HEAD", path));
                routes.add(new Route("OPTIONS", path));
            }
        }
        resource.getChildResources().forEach(child -> collect(path, child, routes));
    }

    private static boolean ruling(Route route) {
        return (route.method() + " " + route.path().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "X"))
                .matches(ONLY_FOR_ADMINS);
    }

    private int status(Route route, String token) {
        var request = rest.request(route.path())
                .method(route.method(), BodyPublishers.noBody())
                .header(ApiVersion.HEADER, "latest")
                .header("Content-Type", "application/json");
        try {
            return rest.send(token.isEmpty() ? request : request.header("X-Auth-Token", token))
                    .status();
        } catch (AssertionError e) {
            throw new AssertionError(route + " as '" + token + "'", e);
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void opens_each_route_to_those_it_is_for(Route route) {
        boolean open =
                READING.contains(route.method()) && Set.of("/", "/v1", "/v1/").contains(route.path());
        boolean readers = READING.contains(route.method())
                && (route.method().equals("OPTIONS") || !route.path().matches(ONLY_FOR_MEMBERS));
        int[] closed = {401, 403};

        assertThat(status(route, "")).isEqualTo(open ? 200 : 401);
        assertThat(status(route, "rubbish")).isEqualTo(open ? 200 : 401);
        assertThat(status(route, "none")).isEqualTo(open ? 200 : 403);
        // of a project to which no node belongs; which rights those have to whom one does, RightsTest tells
        assertThat(status(route, "demo")).isNotIn(401, 500);
        assertThat(closed).doesNotContain(status(route, "admin"));
        assertThat(status(route, "service") == 403).as(route + " for services").isEqualTo(ruling(route));
        if (open || readers) {
            assertThat(closed).doesNotContain(status(route, "reader"));
        } else {
            assertThat(status(route, "reader")).isEqualTo(403);
        }
    }

    @Test
    void refuses_in_ironics_shape_and_tells_how_to_be_let_in() {
        Served.Answer stranger = rest.get("/v1/nodes");

        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.fault().get("faultcode").textValue()).isEqualTo("Client");
        assertThat(stranger.sentence()).contains("X-Auth-Token");
        assertThat(stranger.header("WWW-Authenticate")).isEqualTo("Keystone uri=\"http://k:5000/v3\"");
        assertThat(stranger.header("Openstack-Request-Id")).startsWith("req-");
        assertThat(stranger.header("X-Ferric-Fault-Code")).isEqualTo("NotAuthenticated");
        assertThat(stranger.header("X-OpenStack-Ironic-API-Maximum-Version")).startsWith("1.");

        Served.Answer known = rest.send(rest.request("/v1/nodes").header("X-Auth-Token", "none"));
        assertThat(known.status()).isEqualTo(403);
        assertThat(known.header("X-Ferric-Fault-Code")).isEqualTo("NotAuthorized");
        assertThat(known.header("WWW-Authenticate")).isEqualTo("(none)");
        assertThat(known.sentence()).contains("user of none");
    }

    @Test
    void answers_503_while_keystone_is_away() {
        keystone.knows("fresh", "admin").goAway(true);
        Served.Answer answer = rest.send(rest.request("/v1/nodes").header("X-Auth-Token", "fresh"));
        keystone.goAway(false);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.sentence()).doesNotContain("http://k");
        verifyNoInteractions(conductor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET //v1/nodes",
                "GET /v1//nodes",
                "GET /v1/%6eodes",
                "GET /v1/nodes/",
                "GET /v1;x=1/nodes",
                "GET /v1;/nodes",
                "GET /;/v1/nodes",
                "GET /v1/;x",
                "GET /v1/nodes;x=1",
                "GET /./v1/nodes",
                "GET /v1/../v1/nodes",
                "GET /v1/./nodes",
                "GET /%2e/v1/nodes",
                "GET /v1/%2e%2e/v1/nodes",
                "GET /%76%31/nodes",
                "GET /v1%2fnodes",
                "GET /V1/NODES",
                "GET /v1?x=/v1/nodes",
                "GET /v1/nodes?x=/v1",
                "GET http://127.0.0.1/v1/nodes",
                "GET /v1/nosuch",
                "HEAD /v1/nodes",
                "OPTIONS /v1/nodes",
                "OPTIONS *",
                "TRACE /v1/nodes",
                "POST /v1",
                "PROPFIND /v1",
                "DELETE /",
                "FOO /v1/nodes",
                "get /v1/nodes"
            })
    void no_spelling_of_a_request_is_a_way_around(String line) throws IOException {
        String answer = raw(line + " HTTP/1.1\r\nX-HTTP-Method-Override: GET\r\nX-Original-URL: /v1\r\n");

        if (line.equals("GET /v1?x=/v1/nodes")) {
            assertThat(answer).startsWith("HTTP/1.1 200").contains("\"media_types\"");
        } else if (line.equals("OPTIONS *")) {
            assertThat(answer).endsWith("HEAD, GET, OPTIONS");
        } else {
            assertThat(answer).matches("(?s)HTTP/1.1 (400|401|404|405|501|505) .*");
        }
        verifyNoInteractions(conductor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Auth-Token: admin\r\nX-Auth-Token: admin",
                "X-Auth-Token: none\r\nX-Auth-Token: admin",
                "X-Auth-Token: ad\tmin",
                "X-Auth-Token: admin, admin",
                "X-Auth-Token:",
                "X-Service-Token: admin",
                "X-Identity-Status: Confirmed\r\nX-Roles: admin\r\nX-User-Name: admin",
                "Authorization: Basic YWRtaW46YWRtaW4=",
                "Authorization: Bearer admin",
                "Cookie: X-Auth-Token=admin"
            })
    void no_header_but_one_good_token_opens(String headers) throws IOException {
        assertThat(raw("GET /v1/nodes HTTP/1.1\r\n" + headers + "\r\n")).startsWith("HTTP/1.1 401");
        verifyNoInteractions(conductor);
    }

    private String raw(String head) throws IOException {
        try (Socket socket = connected()) {
            send(socket, head + "Host: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_refused_body_leaves_the_connection_as_it_was() throws IOException {
        try (Socket socket = connected()) {
            send(socket, POST + "Content-Length: 2\r\n\r\n");
            socket.setSoTimeout(200);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .as("the answer waits for the body")
                    .isThrownBy(() -> socket.getInputStream().read());
            socket.setSoTimeout(20_000);
            send(socket, "{}" + POST + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .split("HTTP/1.1 401", -1))
                    .hasSize(3);
        }
    }

    @Test
    void a_refused_body_that_is_still_to_come_ends_the_connection_by_saying_so() throws IOException {
        try (Socket socket = connected()) {
            send(socket, POST + "Content-Length: 1000000\r\n\r\n{");

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 401")
                    .containsOnlyOnce("HTTP/1.1")
                    .containsIgnoringCase("\r\nConnection: close\r\n");
        }
    }

    private Socket connected() throws IOException {
        URI address = rest.server().localUri();
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void asks_keystone_once_for_a_thousand_requests() throws Exception {
        keystone.knows("busy", "admin");
        int before = keystone.asked();
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                requests.add(() -> status(new Route("GET", "/v1/drivers"), "busy"));
            }
            for (Future<Integer> answer : clients.invokeAll(requests)) {
                assertThat(answer.get()).isEqualTo(404);
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(keystone.asked()).isEqualTo(before + 1);
    }

    @Test
    void tells_the_conductor_who_asks() {
        rest.send(rest.request("/v1/nodes/n1/states/provision")
                .header("X-Auth-Token", "admin")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"target\": \"active\"}")));

        verify(conductor)
                .provision(
                        "n1", "active", Map.of(), new Requester("user of admin (id-admin), admin", Optional.empty()));
    }

    @Test
    void hands_the_callers_token_on_where_the_ramdisk_is_to_show_it() {
        try (Served caller = serve(KeystoneAuthConfig.defaults().withRamdiskToken(RamdiskTokenKind.CALLER))) {
            caller.send(caller.request("/v1/nodes/n1/states/provision")
                    .header("X-Auth-Token", "admin")
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"target\": \"active\"}")));
        }

        verify(conductor)
                .provision(
                        eq("n1"),
                        eq("active"),
                        eq(Map.of()),
                        argThat(who ->
                                who.token().orElseThrow().token().reveal().equals("admin")
                                        && !who.toString().contains("token=Secret")
                                        && who.toString().contains("***")));
    }

    @Test
    void may_be_reached_from_elsewhere_and_by_any_name() throws IOException {
        RestServer.requireAllowedHost(
                RestConfig.defaults().listeningOn("0.0.0.0", 0).withKeystone(KeystoneAuthConfig.defaults()));
        try (Socket socket = connected()) {
            send(socket, "GET /v1 HTTP/1.1\r\nHost: bmc.example\r\nConnection: close\r\n\r\n");

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void does_not_start_without_what_its_strategy_needs() {
        RestConfig config = RestConfig.defaults().withKeystone(KeystoneAuthConfig.defaults());

        assertThatIllegalArgumentException().isThrownBy(() -> new RestServer(conductor, config));
    }
}
