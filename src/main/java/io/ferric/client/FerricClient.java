package io.ferric.client;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.rest.data.DriverData;
import io.ferric.rest.data.Json;
import io.ferric.rest.data.NodeData;
import io.ferric.rest.data.PortData;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;

/**
 * A client of the bare-metal API, that of Ferric as well as that of Ironic, from microversion 1.1 on. Fields that a server
 * does not know come empty, those that this release does not know are in {@link #records}. Nothing is asked of the server
 * before the first call. Safe for use by many threads; make one and keep it.
 *
 * <pre>{@code
 * FerricClient ferric = FerricClient.at(URI.create("http://127.0.0.1:6385"));
 * NodeData node = ferric.nodes().create(Map.of("driver", "ilo", "name", "rack1-u12"));
 * ferric.node("rack1-u12").provision("manage");
 * ferric.node("rack1-u12").await("manageable", Duration.ofMinutes(2), state -> {});
 * }</pre>
 */
public final class FerricClient {
    private final Api api;
    private final Clock clock;

    private FerricClient(Api api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** With no login and what is usual else. */
    public static FerricClient at(URI endpoint) {
        try {
            return of(ClientOptions.at(endpoint));
        } catch (IOException e) {
            throw new IllegalStateException("without a file of certificates there is nothing to read", e);
        }
    }

    /** @throws IOException when the file of certificates cannot be read */
    public static FerricClient of(ClientOptions options) throws IOException {
        return of(options, Clock.systemUTC(), Pause::sleep);
    }

    static FerricClient of(ClientOptions options, Clock clock, Pause pause) throws IOException {
        Http http = new Http(options.timeout(), options.ca());
        return new FerricClient(new Api(options, lenient(), http, pause), clock);
    }

    public Records<NodeData> nodes() {
        return new Records<>(api, Kind.NODES, NodeData.class);
    }

    public Records<PortData> ports() {
        return new Records<>(api, Kind.PORTS, PortData.class);
    }

    public Records<DriverData> drivers() {
        return new Records<>(api, Kind.DRIVERS, DriverData.class);
    }

    /** Any kind, as plain JSON with all fields the server shows. */
    public Records<ObjectNode> records(Kind kind) {
        return new Records<>(api, kind, ObjectNode.class);
    }

    /** One node, by UUID or name; nothing is asked of the server yet. */
    public RemoteNode node(String id) {
        return new RemoteNode(api, clock, id);
    }

    /** The API as plain JSON. */
    public Api api() {
        return api;
    }

    /** Python writes times with and without fractions of a second. */
    private static ObjectMapper lenient() {
        ObjectMapper mapper = Json.newMapper();
        mapper.configOverride(Instant.class).setFormat(JsonFormat.Value.empty());
        return mapper;
    }
}
