package io.ferric.publish;

import io.ferric.publish.http.FileServer;
import io.ferric.publish.http.ServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps objects in a directory and serves them itself over HTTP or HTTPS, so that no Swift is needed.
 *
 * <p>URLs are short (52 characters at most behind the host, with a suffix of three letters), unguessable, each unlike every
 * other, and refused once expired; with a fixed port they and the objects live through a restart. GET and HEAD are
 * answered, with ranges, since a BMC reads its virtual CD-ROM piece by piece. A client that is refused learns the status
 * only; {@link #fetchLog} knows the reason. An expired object is not served any more, but takes its place on the disk
 * until somebody asks for it or {@link #sweep} is called.
 *
 * <p>Safe for use by many threads; files are served by one thread of its own, which waits for nobody. A file may become a
 * hard link: replace it rather than write into it after publishing.
 */
public final class LocalPublisher implements Publisher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPublisher.class);
    private static final int REMEMBERED = 4096;

    private final LocalPublisherOptions options;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final FileChannel lock;
    private final ObjectDirectory objects;
    private final UrlSigner signer;
    private final NameBook names = new NameBook(REMEMBERED);
    private final FetchMemory log;
    private final UrlLength length = new UrlLength();
    private volatile Optional<FileServer> server = Optional.empty();

    /** Opens the directory; {@link #start} begins to serve. */
    public LocalPublisher(LocalPublisherOptions options, Clock clock) throws PublishException {
        this(options, clock, new SecureRandom(), System::nanoTime);
    }

    LocalPublisher(LocalPublisherOptions options, Clock clock, SecureRandom random, LongSupplier nanoTime)
            throws PublishException {
        this.options = options;
        this.clock = clock;
        this.nanoTime = nanoTime;
        Path directory = options.directory();
        this.lock = disk("open " + directory, () -> lock(OwnerOnly.folder(directory), options.shared()));
        try {
            byte[] key = disk("read the signing key", () -> KeyFile.readOrMake(directory.resolve("url.key"), random));
            this.signer = new UrlSigner(key, random);
            this.objects = disk(
                    "open " + directory,
                    () -> ObjectDirectory.open(directory.resolve("objects"), options.shared(), clock));
        } catch (PublishException e) {
            release();
            throw e;
        }
        this.log = new FetchMemory(clock, REMEMBERED, this::urlKey);
        learnNames();
    }

    private void learnNames() {
        objects.all().forEach(object -> names.add(signer.id(object.name()), object.name()));
    }

    /** Starts to listen; returns itself. */
    public synchronized LocalPublisher start() throws PublishException {
        InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
        String where = options.host() + ":" + options.port();
        if (address.isUnresolved()) {
            throw invalid("host " + options.host() + " cannot be resolved; give an IP address.");
        }
        if (address.getAddress().isAnyLocalAddress() && options.externalUrl().isEmpty()) {
            throw invalid(
                    "host " + options.host()
                            + " is a wildcard, which a BMC cannot fetch from; set the external URL (publisher.local.external_url).");
        }
        Optional<Supplier<SSLEngine>> tls = disk("set up TLS", this::tls);
        FileServer listening = disk("listen on " + where, () -> listen(address, tls));
        listening.start();
        server = Optional.of(listening);
        LOG.info("Serving images at {}", baseUrl());
        return this;
    }

    private Optional<Supplier<SSLEngine>> tls() throws IOException {
        return options.tls().isPresent()
                ? Optional.of(TlsEngines.of(options.tls().get()))
                : Optional.empty();
    }

    private FileServer listen(InetSocketAddress address, Optional<Supplier<SSLEngine>> tls) throws IOException {
        try {
            return server(address, tls);
        } catch (BindException e) {
            if (!String.valueOf(e.getMessage()).contains("in use")) {
                throw e;
            }
            throw new IOException(
                    "port " + address.getPort() + " is in use; set another port (publisher.local.port)", e);
        }
    }

    private FileServer server(InetSocketAddress address, Optional<Supplier<SSLEngine>> tls) throws IOException {
        ServerOptions how = new ServerOptions(address, tls, options.maxConnections(), options.stallTimeout());
        String prefix =
                options.externalUrl().map(url -> slashed(url.getRawPath())).orElse("/");
        ObjectHandler handler =
                new ObjectHandler(new ObjectHandler.Parts(objects, signer, this::nameOf, log), prefix, clock);
        return new FileServer(how, handler, clock, nanoTime);
    }

    private Optional<String> nameOf(UrlSigner.Ticket ticket) {
        Optional<String> known = names.name(ticket.id());
        if (known.isEmpty() && ticket.genuine() && options.shared()) {
            learnNames();
            return names.name(ticket.id());
        }
        return known;
    }

    /** What the URLs start with, ending in a slash: the external URL, else scheme, host and port. */
    public URI baseUrl() {
        if (options.externalUrl().isPresent()) {
            return URI.create(slashed(options.externalUrl().get().toString()));
        }
        InetSocketAddress address = server.orElseThrow(() -> new IllegalStateException("call start() first"))
                .address();
        String host =
                options.host().contains(":") ? "[" + options.host().replaceAll("[\\[\\]]", "") + "]" : options.host();
        return URI.create((options.tls().isPresent() ? "https://" : "http://") + host + ":" + address.getPort() + "/");
    }

    @Override
    public Optional<URI> servedAt() {
        return Optional.of(baseUrl());
    }

    @Override
    public SignedUrl publish(String name, Path file, Duration ttl) throws PublishException {
        requireServer(name);
        Instant expires = expiry(ttl);
        put(name, file, Optional.of(expires));
        return url(name, expires);
    }

    @Override
    public void store(String name, Path file, Map<String, String> annotations) throws PublishException {
        put(name, file, Optional.empty());
    }

    @Override
    public List<Published> list(String prefix) throws PublishException {
        List<Published> found = new ArrayList<>();
        for (StoredObject object : objects.all()) {
            if (object.name().startsWith(prefix) && !object.expiredAt(clock.instant())) {
                long size = disk("list " + prefix, () -> Files.size(objects.path(object)));
                found.add(new Published(object.name(), Instant.ofEpochMilli(object.version()), size));
            }
        }
        return found;
    }

    /** The lock on the directory sees to that; who shares it says that they are of one installation. */
    @Override
    public boolean exclusive() {
        return true;
    }

    @Override
    public SignedUrl sign(String name, Duration ttl) throws PublishException {
        requireServer(name);
        StoredObject object = present(name).orElseThrow(() -> NoSuchObject.local(name));
        Instant wanted = expiry(ttl);
        return url(name, object.expires().filter(wanted::isAfter).orElse(wanted));
    }

    @Override
    public boolean exists(String name) throws PublishException {
        return present(name).isPresent();
    }

    @Override
    public void remove(String name) throws PublishException {
        Optional<StoredObject> object = objects.find(ObjectName.checked(name));
        if (object.isPresent()) {
            delete(object.get());
        }
    }

    @Override
    public Optional<FetchLog> fetchLog() {
        return Optional.of(log);
    }

    /** Deletes what has expired; returns how many objects that were. */
    public int sweep() throws PublishException {
        Instant now = clock.instant();
        int count = 0;
        for (StoredObject object : objects.all()) {
            if (object.expiredAt(now)) {
                delete(object);
                count++;
            }
        }
        return count;
    }

    /** Stops serving and lets another publisher use the directory. Objects and URLs stay good. */
    @Override
    public synchronized void close() {
        server.ifPresent(FileServer::close);
        release();
    }

    private Optional<StoredObject> present(String name) throws PublishException {
        Optional<StoredObject> object = objects.find(ObjectName.checked(name));
        if (object.isPresent() && object.get().expiredAt(clock.instant())) {
            delete(object.get());
            return Optional.empty();
        }
        return object;
    }

    private void put(String name, Path file, Optional<Instant> expires) throws PublishException {
        ObjectName.checked(name);
        disk("publish " + file + " as " + name, () -> objects.put(name, file, expires));
        names.add(signer.id(name), name);
        log.forget(name);
    }

    private void delete(StoredObject object) throws PublishException {
        disk("delete " + object.name(), () -> {
            objects.delete(object);
            return object;
        });
        names.retire(signer.id(object.name()), name -> objects.find(name).isEmpty());
    }

    private void requireServer(String name) throws PublishException {
        if (server.isPresent() && !server.get().isRunning()) {
            throw new PublishException(
                    PublishException.PUBLISH_FAILED,
                    "Nobody could fetch " + name + ": the image server has stopped; see the log for why, and restart.");
        }
    }

    private SignedUrl url(String name, Instant expires) {
        return length.checked(new SignedUrl(URI.create(baseUrl() + signer.path(name, expires)), expires));
    }

    /** To the second, rounded up. */
    private Instant expiry(Duration ttl) throws PublishException {
        if (ttl.isZero() || ttl.isNegative()) {
            throw invalid("The life of a URL must be longer than nothing, not " + ttl + ".");
        }
        return Instant.ofEpochSecond(
                clock.instant().plus(ttl).plusNanos(999_999_999).getEpochSecond());
    }

    private Optional<String> urlKey(URI url) {
        String base = server.isPresent() || options.externalUrl().isPresent()
                ? baseUrl().toString()
                : "/";
        String text = url.toString();
        return text.startsWith(base)
                ? signer.check(text.substring(base.length()))
                        .filter(UrlSigner.Ticket::genuine)
                        .map(UrlSigner.Ticket::signature)
                : Optional.empty();
    }

    private static FileChannel lock(Path directory, boolean shared) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(0, Long.MAX_VALUE, shared) != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("{} is in use in this very process", directory);
            if (shared) {
                return channel;
            }
        }
        channel.close();
        throw new IOException("another publisher is using it; give each one its own directory, or share it"
                + " (publisher.local.shared) among conductors of one installation");
    }

    private void release() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("While closing the lock: {}", e.getMessage());
        }
    }

    private static String slashed(String text) {
        return text.endsWith("/") ? text : text + "/";
    }

    private static PublishException invalid(String message) {
        return new PublishException(PublishException.INVALID_PARAMETER_VALUE, message);
    }

    private static <T> T disk(String what, Step<T> step) throws PublishException {
        try {
            return step.take();
        } catch (IOException e) {
            String message = "Cannot " + what + ": " + Faults.reason(e) + ".";
            throw new PublishException(PublishException.PUBLISH_FAILED, message, e);
        }
    }

    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException;
    }
}
