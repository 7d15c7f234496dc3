package io.ferric.rest;

import io.ferric.conductor.Conductor;
import io.ferric.driver.fake.FakeHardware;
import io.ferric.rest.auth.Authenticator;
import io.ferric.rest.common.ApiVersion;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole server in memory with the fake driver and one of most things, for tests that ask all of the API. */
final class LiveApi implements AutoCloseable {
    static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private final FakeConductor server;
    private final Conductor conductor;
    private final Served rest;
    private final Map<String, String> samples = new HashMap<>();

    private final List<String> credentials;

    LiveApi() {
        this(RestConfig.defaults(), Optional.empty(), List.of());
    }

    /** @param credentials name and value of the header that makes a request an administrator's; empty where nobody is asked */
    LiveApi(RestConfig config, Optional<Authenticator> authenticator, List<String> credentials) {
        this.credentials = credentials;
        server = FakeConductor.of(new FakeHardware());
        conductor = server.conductor();
        conductor.start();
        rest = new Served(conductor, config.listeningOn("127.0.0.1", 0), authenticator);
        samples.put("driver", "fake-hardware");
        samples.put(
                "node", made("nodes", "{\"driver\": \"fake-hardware\", \"name\": \"n1\", \"resource_class\": \"bm\"}"));
        samples.put("port", made("ports", "{\"node_uuid\": \"" + node() + "\", \"address\": \"52:54:00:00:00:01\"}"));
        samples.put("allocation", made("allocations", "{\"name\": \"a1\", \"resource_class\": \"bm\"}"));
        samples.put("conductor", conductor.conductors().get(0).host());
    }

    private String made(String collection, String body) {
        Served.Answer answer = ask("POST", "/v1/" + collection, Optional.of(body));
        if (answer.status() != 201) {
            throw new AssertionError(collection + ": " + answer.status() + " " + answer.body());
        }
        return answer.json().get("uuid").textValue();
    }

    Served rest() {
        return rest;
    }

    String node() {
        return samples.get("node");
    }

    /** A value for a path parameter: that of what is there, else one of nobody. */
    String sample(String parameter) {
        return samples.getOrDefault(parameter, NOBODY);
    }

    /** Whether there is something of each of the path's parameters. */
    boolean has(Operation operation) {
        return samples.keySet().containsAll(operation.parameters());
    }

    Served.Answer ask(String verb, String path, Optional<String> body) {
        HttpRequest.Builder request = rest.request(path).header(ApiVersion.HEADER, "latest");
        if (!credentials.isEmpty()) {
            request.header(credentials.get(0), credentials.get(1));
        }
        body.ifPresent(text -> request.header("Content-Type", "application/json"));
        return rest.send(request.method(verb, body.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody())));
    }

    @Override
    public void close() {
        rest.close();
        server.close();
    }
}
