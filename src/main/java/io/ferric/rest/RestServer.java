package io.ferric.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.AuthStrategy;
import io.ferric.rest.auth.Authenticator;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Json;
import io.ferric.rest.node.BiosResource;
import io.ferric.rest.node.BootDeviceResource;
import io.ferric.rest.node.ChassisNodesResource;
import io.ferric.rest.node.ChildrenResource;
import io.ferric.rest.node.ConsoleResource;
import io.ferric.rest.node.FirmwareResource;
import io.ferric.rest.node.HistoryResource;
import io.ferric.rest.node.IndicatorsResource;
import io.ferric.rest.node.InventoryResource;
import io.ferric.rest.node.MaintenanceResource;
import io.ferric.rest.node.MediaResource;
import io.ferric.rest.node.NmiResource;
import io.ferric.rest.node.NodeAllocationResource;
import io.ferric.rest.node.NodePortgroupsResource;
import io.ferric.rest.node.NodePortsResource;
import io.ferric.rest.node.NodeVolumeResource;
import io.ferric.rest.node.NodesResource;
import io.ferric.rest.node.RaidResource;
import io.ferric.rest.node.SensorsResource;
import io.ferric.rest.node.StatesResource;
import io.ferric.rest.node.TraitsResource;
import io.ferric.rest.node.VendorResource;
import io.ferric.rest.node.VifsResource;
import io.ferric.rest.resource.AllocationsResource;
import io.ferric.rest.resource.ChassisResource;
import io.ferric.rest.resource.ConductorsResource;
import io.ferric.rest.resource.ContinueInspectionResource;
import io.ferric.rest.resource.DeployTemplatesResource;
import io.ferric.rest.resource.DriversResource;
import io.ferric.rest.resource.EventsResource;
import io.ferric.rest.resource.HeartbeatResource;
import io.ferric.rest.resource.LookupResource;
import io.ferric.rest.resource.PortgroupPortsResource;
import io.ferric.rest.resource.PortgroupsResource;
import io.ferric.rest.resource.PortsResource;
import io.ferric.rest.resource.ShardsResource;
import io.ferric.rest.resource.VolumeConnectorsResource;
import io.ferric.rest.resource.VolumeResource;
import io.ferric.rest.resource.VolumeTargetsResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.glassfish.jersey.inject.hk2.AbstractBinder;
import org.glassfish.jersey.jetty.JettyHttpContainer;
import org.glassfish.jersey.jetty.JettyHttpContainerProvider;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a conductor over HTTP until closed. Where callers are not authenticated it listens on
 * loopback, unless the configuration insists. Start and close it from one thread.
 */
public final class RestServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
    private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final int HEADER_BYTES = 16 * 1024;
    /** How long a connection on which nothing runs is kept when the server closes. */
    private static final int SHUTDOWN_IDLE_MILLIS = 100;

    static final Class<?>[] RESOURCES = {
        RootResource.class,
        OpenApiResource.class,
        NodesResource.class,
        NodePortsResource.class,
        StatesResource.class,
        MaintenanceResource.class,
        BootDeviceResource.class,
        IndicatorsResource.class,
        InventoryResource.class,
        SensorsResource.class,
        NmiResource.class,
        MediaResource.class,
        VendorResource.class,
        BiosResource.class,
        ChildrenResource.class,
        ConsoleResource.class,
        FirmwareResource.class,
        RaidResource.class,
        TraitsResource.class,
        VifsResource.class,
        HistoryResource.class,
        PortsResource.class,
        AllocationsResource.class,
        NodeAllocationResource.class,
        ConductorsResource.class,
        ShardsResource.class,
        EventsResource.class,
        LookupResource.class,
        HeartbeatResource.class,
        ContinueInspectionResource.class,
        NodePortgroupsResource.class,
        NodeVolumeResource.class,
        PortgroupsResource.class,
        PortgroupPortsResource.class,
        ChassisResource.class,
        ChassisNodesResource.class,
        VolumeResource.class,
        VolumeConnectorsResource.class,
        VolumeTargetsResource.class,
        DeployTemplatesResource.class,
        DriversResource.class
    };

    private final RestConfig config;
    private final Server server;
    private final ServerConnector connector;

    /** As below, for callers whom nobody asks who they are. */
    public RestServer(Conductor conductor, RestConfig config) {
        this(conductor, config, Optional.empty());
    }

    /**
     * Prepares the server; it listens once started.
     *
     * @param authenticator finds out who calls, for every strategy but {@code noauth}
     * @throws IllegalArgumentException when other machines could reach it and the configuration does not allow that, or
     *     the authenticator and the strategy do not fit
     */
    public RestServer(Conductor conductor, RestConfig config, Optional<Authenticator> authenticator) {
        requireAllowedHost(config);
        if (authenticator.isPresent() != (config.authStrategy() != AuthStrategy.NOAUTH)) {
            throw new IllegalArgumentException("rest.auth_strategy is " + config.authStrategy() + " with "
                    + (authenticator.isPresent() ? "an" : "no") + " authenticator");
        }
        this.config = config;
        ObjectMapper json = Json.newMapper();
        this.server = new Server(threads(config));
        this.connector = connector(server, config);
        server.addConnector(connector);
        server.setErrorHandler(new ErrorsBeforeJersey(json));
        server.setHandler(new GracefulHandler(new HealthHandler(
                conductor,
                UnreadBody.seenToIn(new JettyHttpContainerProvider()
                        .createContainer(
                                JettyHttpContainer.class, application(conductor, config, authenticator, json))))));
        server.setStopTimeout(config.shutdownGrace().toMillis());
    }

    /**
     * Listens, and returns once requests are served.
     *
     * @throws UncheckedIOException naming the address when it cannot be listened on
     */
    public void start() {
        warnOfPlainHttp();
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(cannotListen(e), e);
        } catch (Exception e) {
            close();
            throw new IllegalStateException("REST cannot start: " + e.getMessage(), e);
        }
    }

    private void warnOfPlainHttp() {
        boolean proxied = config.publicUrl()
                .filter(url -> "https".equalsIgnoreCase(url.getScheme()))
                .isPresent();
        if (config.authStrategy() != AuthStrategy.NOAUTH && !proxied && !loopback(config.host())) {
            LOG.warn(
                    "REST listens on {} without TLS: whoever hears the network hears tokens and passwords. Put a proxy with"
                            + " TLS before it, and set rest.public_url to its https address",
                    config.host());
        }
    }

    private String cannotListen(IOException e) {
        String reason = e.getCause() instanceof BindException bind ? bind.getMessage() : e.getMessage();
        return String.valueOf(reason).contains("in use")
                ? "rest.port " + config.port() + " is in use on " + config.host()
                        + ": stop what listens there or set another rest.port"
                : "REST cannot listen on rest.host " + config.host() + ", rest.port " + config.port() + ": " + reason;
    }

    /**
     * The address clients call, without a slash at its end: the configured public URL, else where this server listens,
     * with the port in use.
     */
    public URI baseUri() {
        return config.publicUrl().orElseGet(this::localUri);
    }

    /** Where this server listens, without a slash at its end. */
    URI localUri() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return URI.create("http://" + host + ":" + connector.getLocalPort());
    }

    /** Takes no new requests, lets those that run finish within the grace, then stops. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            // stopped all the same, over the heads of those who did not finish within the grace
            LOG.warn("connections were cut that did not end within {}", config.shutdownGrace());
        } catch (Exception e) {
            throw new IllegalStateException("REST did not stop cleanly: " + e.getMessage(), e);
        }
    }

    /**
     * Checks the host without listening, for a start that is to fail before anything else is open.
     *
     * @throws IllegalArgumentException when other machines could reach it and the configuration does not allow that
     */
    public static void requireAllowedHost(RestConfig config) {
        if (loopback(config.host())) {
            return;
        }
        if (config.authStrategy() == AuthStrategy.NOAUTH && !config.allowUnauthenticatedRemote()) {
            throw new IllegalArgumentException("rest.host " + config.host() + " can be reached from other machines, and"
                    + " rest.auth_strategy is noauth: whoever reaches it rules every server. Set rest.auth_strategy to"
                    + " keystone or http_basic, or rest.host to 127.0.0.1, or, on a network that keeps strangers out,"
                    + " rest.allow_unauthenticated_remote to true.");
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("rest.host " + host + " is not an address of this machine", e);
        }
    }

    private static QueuedThreadPool threads(RestConfig config) {
        QueuedThreadPool threads = new QueuedThreadPool(config.threads(), Math.min(4, config.threads()));
        threads.setName("rest");
        return threads;
    }

    private static ServerConnector connector(Server server, RestConfig config) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.addCustomizer((request, headers) -> requireDecodableQuery(request));
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(config.idleTimeout().toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        return connector;
    }

    /** Jersey fails with 500 for a query such as {@code %zz}. */
    private static Request requireDecodableQuery(Request request) {
        String query = request.getHttpURI().getQuery();
        if (query != null && LONE_PERCENT.matcher(query).find()) {
            throw new BadMessageException(400, "a percent sign in the query that encodes nothing");
        }
        return request;
    }

    /** Everything is named here and nothing looked for, which makes the start fast and the API no surprise. */
    private static ResourceConfig application(
            Conductor conductor, RestConfig config, Optional<Authenticator> authenticator, ObjectMapper json) {
        ResourceConfig application = new ResourceConfig();
        application.addProperties(Map.of(
                ServerProperties.WADL_FEATURE_DISABLE, true,
                ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true,
                ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true,
                ServerProperties.BV_FEATURE_DISABLE, true,
                ServerProperties.JSON_PROCESSING_FEATURE_DISABLE, true,
                ServerProperties.MOXY_JSON_FEATURE_DISABLE, true,
                ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true));
        application.register(new RequestIdFilter(UUID::randomUUID), 1);
        application.register(new VersionFilter(), 2);
        application.register(new HeaderCheck(), 3);
        application.register(new HostCheck(config), 4);
        RamdiskAccess ramdisks = new RamdiskAccess(conductor);
        authenticator.ifPresent(who -> application.register(new AuthFilter(who, ramdisks), 5));
        application.register(new BodyLimit(config.maxBodyMib()), 6);
        application.register(new SinceFilter(), 7);
        application.register(new RightsFilter(conductor, ramdisks), 8);
        application.registerInstances(new JsonBodies(json), new FaultMapper(json));
        config.publicUrl().ifPresent(url -> application.register(new PublicUrlFilter(url)));
        Offer offer = new Offer(conductor, config.maxPageSize(), UUID::randomUUID);
        application.register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(offer).to(Offer.class);
            }
        });
        return application.registerClasses(RESOURCES);
    }
}
