package io.ferric;

import io.ferric.conductor.Conductor;
import io.ferric.conductor.CountedObjects;
import io.ferric.conductor.Pause;
import io.ferric.deploy.AllowedPaths;
import io.ferric.deploy.ApiUrl;
import io.ferric.deploy.DiskConnector;
import io.ferric.deploy.ImageCache;
import io.ferric.deploy.ImageSources;
import io.ferric.deploy.IscsiDeploy;
import io.ferric.driver.DriverServices;
import io.ferric.driver.Drivers;
import io.ferric.driver.SharedObjects;
import io.ferric.ilo.IloConfig;
import io.ferric.ilo.TokenSource;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.connect.IloConnections;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.iscsi.IscsiOptions;
import io.ferric.publish.GlanceImages;
import io.ferric.publish.Publisher;
import io.ferric.rest.RestServer;
import io.ferric.store.BmcActionStore;
import io.ferric.store.Database;
import io.ferric.store.DatabaseCopy;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running conductor with its REST API, image server and database: what an embedding program starts and closes.
 *
 * <pre>{@code
 * try (Ferric ferric = Ferric.builder().stateDirectory(Path.of("state")).start()) {
 *     ferric.conductor().createNode(UUID.randomUUID(), NodeSpec.ofDriver("ilo"));
 * }
 * }</pre>
 *
 * Safe for use by many threads. Two running in one process need different folders and ports.
 */
public final class Ferric implements AutoCloseable {
    private final Closing closing = new Closing();
    private final Conductor conductor;
    private final Publishing publishing;
    private final Optional<RestServer> rest;

    private Ferric(Builder builder) throws IOException {
        try {
            FerricConfig config = builder.config;
            if (builder.rest) {
                RestServer.requireAllowedHost(config.rest());
            }
            Files.createDirectories(config.stateDirectory());
            CompletableFuture<Optional<URI>> restUri =
                    builder.rest ? new CompletableFuture<>() : CompletableFuture.completedFuture(Optional.empty());
            Database database = closing.add(Database.open(config.store()));
            OpenStack openStack = closing.add(new OpenStack(config.openstack(), builder.clock));
            Authentication authentication =
                    builder.rest ? Authentication.of(config, openStack, builder.clock) : Authentication.none();
            publishing = closing.add(Publishing.start(config.publisher(), openStack, builder.clock));
            DriverServices services = services(builder, database, openStack, apiUrl(config, restUri))
                    .with(TokenSource.class, builder.tokens.orElse(authentication.ramdisk()))
                    .with(
                            IloConnector.class,
                            builder.ilos.orElseGet(
                                    () -> closing.add(IloConnections.create(IloTrace.NONE, builder.clock))));
            Drivers drivers = drivers(builder, services);
            conductor = closing.add(new Conductor(config.conductor(), database, drivers, builder.clock));
            rest = builder.rest
                    ? Optional.of(closing.add(new RestServer(conductor, config.rest(), authentication.authenticator())))
                    : Optional.empty();
            conductor.start();
            rest.ifPresent(RestServer::start);
            rest.ifPresent(server -> restUri.complete(Optional.of(server.baseUri())));
        } catch (IOException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Copies all that the database of one configuration holds into the one of another, which must hold nothing. No Ferric
     * may use either meanwhile.
     *
     * @return how many rows each table has
     * @throws IllegalArgumentException when there is nothing to copy from, or the second database holds something
     */
    public static Map<String, Long> copyDatabase(FerricConfig from, FerricConfig to) {
        Database.requireThere(from.store());
        try (Database source = Database.open(from.store());
                Database target = Database.open(to.store())) {
            return DatabaseCopy.copy(source, target);
        }
    }

    /**
     * Looks whether the record of what was done to BMCs is as it was written.
     *
     * @throws IllegalArgumentException when there is no database
     */
    public static BmcRecord verifyBmcActions(FerricConfig config) {
        Database.requireThere(config.store());
        try (Database database = Database.open(config.store())) {
            BmcActionStore.Verdict verdict = database.bmcActions().verify();
            return new BmcRecord(verdict.entries(), verdict.hash(), verdict.fault());
        }
    }

    /** Everything one can ask of it. */
    public Conductor conductor() {
        return conductor;
    }

    /** Where the REST API is. */
    public URI restUri() {
        return rest.orElseThrow(() -> new IllegalStateException("started without REST"))
                .baseUri();
    }

    /** Where the built-in image server is; empty when Swift publishes. */
    public Optional<URI> imagesUri() {
        return publishing.baseUri();
    }

    /**
     * Refuses new work and lets what runs end within {@code conductor.drain_timeout}; then stops serving, lets visits go
     * (another conductor, or the next start, runs them again), and closes the database.
     */
    @Override
    public void close() {
        conductor.drain();
        closing.close();
    }

    private static Drivers drivers(Builder builder, DriverServices services) {
        List<String> enabled = builder.config.enabledDrivers();
        Drivers drivers = Drivers.load(builder.classes, services, Set.copyOf(enabled));
        for (String name : enabled) {
            if (!drivers.installed().contains(name)) {
                throw new ConfigException(
                        "enabled_drivers names '" + name + "', which is no driver here; there are: "
                                + String.join(", ", drivers.installed()),
                        null);
            }
        }
        return drivers;
    }

    private DriverServices services(Builder builder, Database database, OpenStack openStack, ApiUrl apiUrl) {
        FerricConfig config = builder.config;
        ImageSources sources = openStack
                .glance()
                .map(glance -> ImageSources.standard(config.deploy()).with(new GlanceImageSource(glance)))
                .orElseGet(() -> ImageSources.standard(config.deploy()));
        IscsiDeploy deploy = new IscsiDeploy(
                config.deploy(),
                new ImageCache(config.deploy().imageCache(), sources, builder.clock),
                DiskConnector.iscsi(IscsiOptions.defaults()
                        .withDeadline(config.deploy().iscsiDeadline())
                        .withReplacing()),
                new SecureRandom(),
                apiUrl);
        deploy.deleteLeftovers();
        DriverServices services = DriverServices.none()
                .with(Clock.class, builder.clock)
                .with(IscsiDeploy.class, deploy)
                .with(ImageSources.class, sources)
                .with(AllowedPaths.class, new AllowedPaths(config.deploy().fileUrlAllowedPaths()))
                .with(Publisher.class, publishing.publisher())
                .with(
                        SharedObjects.class,
                        new CountedObjects(database, config.conductor().host(), builder.clock, Pause.sleeping()))
                .with(
                        IloConfig.class,
                        config.ilo().coveringCallback(config.conductor().deployCallbackTimeout()));
        return openStack.glance().isEmpty()
                ? services
                : services.with(GlanceImages.class, openStack.glance().get());
    }

    private static ApiUrl apiUrl(FerricConfig config, CompletableFuture<Optional<URI>> restUri) {
        Optional<URI> given = config.apiUrl();
        if (given.isPresent() && given.get().getPort() != 0) {
            return () -> given;
        }
        return () -> awaited(restUri)
                .map(rest -> given.map(url -> withPort(url, rest.getPort())).orElse(rest));
    }

    /** A visit that runs again right at the start may ask before REST listens. */
    private static Optional<URI> awaited(CompletableFuture<Optional<URI>> restUri) {
        try {
            return restUri.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    private static URI withPort(URI url, int port) {
        return UriBuilder.fromUri(url).port(port).build();
    }

    /** What to start. For one thread. */
    public static final class Builder {
        private FerricConfig config = FerricConfig.defaults();
        private Clock clock = Clock.systemUTC();
        private ClassLoader classes = Ferric.class.getClassLoader();
        private Optional<TokenSource> tokens = Optional.empty();
        private Optional<IloConnector> ilos = Optional.empty();
        private boolean rest = true;

        private Builder() {}

        public Builder config(FerricConfig value) {
            config = value;
            return this;
        }

        /** The defaults, kept in this folder. */
        public Builder stateDirectory(Path folder) {
            return config(FerricConfig.below(folder));
        }

        /** Where drivers are looked for, by {@link java.util.ServiceLoader}. */
        public Builder classLoader(ClassLoader value) {
            classes = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** Gives the token that the deploy ramdisk shows when it calls back, instead of what {@code rest} says. */
        public Builder tokenSource(TokenSource value) {
            tokens = Optional.of(value);
            return this;
        }

        /** Speaks to iLOs by this, which the caller closes, instead of by connections of its own. */
        public Builder iloConnector(IloConnector value) {
            ilos = Optional.of(value);
            return this;
        }

        /** No REST API; for a program that has one of its own. A deploy then needs {@code api_url}. */
        public Builder withoutRest() {
            rest = false;
            return this;
        }

        /**
         * Starts everything and returns once it serves.
         *
         * @throws ConfigException naming the key that cannot be used
         * @throws IOException when a folder, port or database cannot be used
         */
        public Ferric start() throws IOException {
            return new Ferric(this);
        }
    }
}
