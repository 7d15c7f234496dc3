package io.ferric.lab.ilo;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloState.PowerDelays;
import io.ferric.lab.kit.Faults;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An iLO on a free port of the loopback address: HTTPS with a certificate it signed itself, and the protocols of its
 * {@link IloProfile} over one state: RIBCL, Redfish, HP RESTful, {@code /xmldata}. It misbehaves on request. By default
 * an iLO 4 of a ProLiant Gen9.
 *
 * <pre>{@code
 * try (SimulatedIlo ilo = SimulatedIlo.builder().start()) {
 *     ilo.faults().inject(IloFault.DROP_IN_CHUNK, 1);
 *     ...                                  // connect to ilo.address(), pin ilo.fingerprint()
 *     assertThat(ilo.state().bay(MediaDevice.CDROM).inserted()).isTrue();
 * }
 * }</pre>
 *
 * <p>The wire format of RIBCL is that of the notes on recorded RIBCL traffic: chunks of at most 511 bytes with borders anywhere,
 * a document for each element opened and closed, messages in single quotes, the connection closed after each answer.
 * Thread-safe; {@link #close()} ends all its threads.
 */
public final class SimulatedIlo implements AutoCloseable {
    /** The administrator that every simulated iLO has unless told otherwise. */
    public static final String DEFAULT_USER = "Administrator";

    /** The password of {@link #DEFAULT_USER}. */
    public static final String DEFAULT_PASSWORD = "pretend-9";

    private final Builder settings;
    private final Faults<IloFault> faults = new Faults<>(IloFault.class);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final IloEngine engine;
    private final IloState state;
    private final SelfSigned certificate;
    private final RedfishFace redfish;
    private final List<Face> faces;
    private final TlsListener listener;

    private SimulatedIlo(Builder settings) throws IOException {
        this.settings = settings;
        IloIdentity who = settings.identity;
        IloProfile profile = settings.profile;
        engine = settings.engine.isPresent() ? settings.engine.get() : new IloEngine(who.serial());
        certificate = settings.certificate.isPresent()
                ? settings.certificate.get()
                : SelfSigned.of("ILO" + who.serial(), settings.clock.instant(), new SecureRandom());
        IloAccounts accounts = new IloAccounts(settings.users);
        state = new IloState(settings.clock, engine.timer(), settings.startOf(accounts), faults);
        RibclWire wire = new RibclWire(state, serverName(), settings.clock, settings.seed);
        redfish = new RedfishFace(state, who, profile, settings.clock);
        RibclFrontEnd ribcl = new RibclFrontEnd(state, who, profile, settings.unescapesPassword);
        List<Face> all = new ArrayList<>(List.of(redfish, new XmlDataFace(state, who, profile, wire)));
        if (profile.generation() < 7) {
            all.add(new RibclFace(state, ribcl, settings.ribcl && profile.ribcl(), wire));
        }
        faces = List.copyOf(all);
        listener = listen();
    }

    private TlsListener listen() throws IOException {
        try {
            InetSocketAddress address = new InetSocketAddress(settings.address, settings.port);
            return new TlsListener(engine, certificate.serverContext(), settings.protocols, address, this::serve);
        } catch (IOException e) {
            if (settings.engine.isEmpty()) {
                engine.close();
            }
            throw e;
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** SHA-256 of the certificate it shows, 64 lower-case hexadecimal digits without colons. */
    public String fingerprint() {
        return certificate.fingerprint();
    }

    /** What it knows: power, drives, boot order. */
    public IloState state() {
        return state;
    }

    /** The faults waiting to happen; add some at any time. */
    public Faults<IloFault> faults() {
        return faults;
    }

    /** All that happened so far. */
    public List<IloEvent> events() {
        return state.events();
    }

    /** What happened of one kind: the details, in order. */
    public List<String> events(Kind kind) {
        return events().stream()
                .filter(event -> event.kind() == kind)
                .map(IloEvent::detail)
                .toList();
    }

    /** The sessions open at its JSON faces, oldest first. */
    public List<RedfishSession> sessions() {
        return redfish.sessions();
    }

    /** Which iLO it plays. */
    public IloProfile profile() {
        return settings.profile;
    }

    /** Lets what the script says happen from now on. */
    public void run(IloScript script) {
        script.start(state, faults, engine.timer());
    }

    /** The accounts as they are now. */
    public List<IloUser> users() {
        return state.accounts().all();
    }

    @Override
    public void close() {
        closed.countDown();
        listener.close();
        if (settings.engine.isEmpty()) {
            engine.close();
        }
    }

    private String serverName() {
        return switch (settings.profile.generation()) {
            case 3 -> "Allegro-Software-RomPager/4.62";
            case 4 -> "HP-iLO-Server/1.30";
            default -> "HPE-iLO-Server/1.30";
        };
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (!state.absent()) {
            HttpRequest request = HttpRequest.read(in);
            if (state.struck(IloFault.DROP_AT_ONCE)
                    || state.struck(IloFault.SLOW)
                            && closed.await(settings.slowness.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            if (state.struck(IloFault.NEVER_ANSWERS)) {
                waitForTheEnd(socket, in);
                return;
            }
            if (!answer(request, socket.getOutputStream())) {
                return;
            }
        }
    }

    private void waitForTheEnd(Socket socket, InputStream in) throws IOException {
        socket.setSoTimeout(0);
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Answers, and says whether the connection stays open. */
    private boolean answer(HttpRequest request, OutputStream socket) throws IOException {
        OutputStream out = state.struck(IloFault.SLOW_DRIP) ? new DripStream(socket, settings.drip, closed) : socket;
        boolean stays = false;
        if (state.struck(IloFault.HTTP_503)) {
            out.write(HttpAnswer.page(503, "Service Unavailable", serverName()));
        } else if (state.struck(IloFault.HTTP_500)) {
            out.write(HttpAnswer.page(500, "Internal Server Error", serverName()));
        } else if (state.struck(IloFault.ENDLESS_ANSWER)) {
            sendForEver(out);
        } else {
            Optional<Face> face =
                    faces.stream().filter(each -> each.answers(request)).findFirst();
            if (face.isPresent()) {
                face.get().answer(request, out);
                stays = face.get().keepsAlive(request);
            } else {
                out.write(HttpAnswer.page(404, "Not Found", serverName()));
            }
        }
        out.flush();
        return stays;
    }

    private void sendForEver(OutputStream out) throws IOException {
        out.write(HttpAnswer.chunkedHead(settings.clock.instant(), serverName()));
        byte[] chunk = ("1ff\r\n" + " ".repeat(0x1ff) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        while (closed.getCount() > 0) {
            out.write(chunk);
        }
    }

    /** Settings of a {@link SimulatedIlo}; each has a default that suits. */
    public static final class Builder {
        private InetAddress address = InetAddress.getLoopbackAddress();
        private int port;
        private IloIdentity identity = IloIdentity.gen9("CZ1234ABCD");
        private IloProfile profile = IloProfile.ILO4_GEN9;
        private List<IloUser> users = List.of(IloUser.administrator(DEFAULT_USER, DEFAULT_PASSWORD));
        private boolean unescapesPassword = true;
        private PowerDelays delays = new PowerDelays(Duration.ofMillis(50), Duration.ofMillis(50));
        private FirmwareMode mode = FirmwareMode.LEGACY;
        private Duration post = Duration.ZERO;
        private Optional<IloHardware> hardware = Optional.empty();
        private boolean ribcl = true;
        private List<String> protocols = List.of();
        private Duration slowness = Duration.ofSeconds(5);
        private Duration drip = Duration.ofSeconds(1);
        private Optional<IloEngine> engine = Optional.empty();
        private Optional<SelfSigned> certificate = Optional.empty();
        private Clock clock = Clock.systemUTC();
        private long seed = 4;

        private Builder() {}

        /** Where to listen; port 0, the default, is any free one. */
        public Builder listen(InetAddress host, int freePort) {
            address = host;
            port = freePort;
            return this;
        }

        /** Who it says it is: serial number, model, firmware, licence. */
        public Builder identity(IloIdentity who) {
            identity = who;
            return this;
        }

        /** Which iLO it is; sets model, firmware and licence as well. */
        public Builder profile(IloProfile which) {
            profile = which;
            if (which.generation() == 7) {
                mode = FirmwareMode.UEFI;
            }
            return identity(identity.of(which));
        }

        /** The server's serial number, letters and digits; the certificate is issued to {@code ILO} and this. */
        public Builder serial(String number) {
            return identity(identity.serial(number));
        }

        /** The licence installed, such as {@code iLO 4 Advanced} or {@code iLO 4 Standard}. */
        public Builder license(String type) {
            return identity(identity.licensed(type));
        }

        /** The server's model, such as {@code ProLiant DL380 Gen9}. */
        public Builder product(String model) {
            return identity(identity.model(model));
        }

        /** Replaces the default administrator by one of this name. */
        public Builder user(String login, String password) {
            return users(List.of(IloUser.administrator(login, password)));
        }

        /** Replaces the default administrator by these accounts. */
        public Builder users(List<IloUser> accounts) {
            users = new ArrayList<>(accounts);
            return this;
        }

        /** Whether entities in PASSWORD are resolved; older firmware does not. Default true. */
        public Builder unescapesPassword(boolean does) {
            unescapesPassword = does;
            return this;
        }

        /** How long power takes to come and to go; 50 ms each by default. */
        public Builder powerDelays(Duration on, Duration off) {
            delays = new PowerDelays(on, off);
            return this;
        }

        /** The boot mode, current and pending, at the start; LEGACY by default. */
        public Builder bootMode(FirmwareMode start) {
            mode = start;
            return this;
        }

        /** How long the server's self-test takes from power-on or reset to its boot; none by default. */
        public Builder post(Duration duration) {
            post = duration;
            return this;
        }

        /** What is in the server; by default what the profile's model is sold with. */
        public Builder hardware(IloHardware parts) {
            hardware = Optional.of(parts);
            return this;
        }

        /** Whether RIBCL is switched on, where the profile has it. */
        public Builder ribcl(boolean on) {
            ribcl = on;
            return this;
        }

        /** The TLS versions to take, such as {@code TLSv1.2}; by default those that the JVM takes. */
        public Builder tls(String... versions) {
            protocols = List.of(versions);
            return this;
        }

        /** How long {@link IloFault#SLOW_DRIP} waits before each byte; a second by default. */
        public Builder drip(Duration pause) {
            drip = pause;
            return this;
        }

        /** Shares threads and certificate with others. */
        Builder on(IloEngine shared, SelfSigned of) {
            engine = Optional.of(shared);
            certificate = Optional.of(of);
            return this;
        }

        private IloState.Start startOf(IloAccounts accounts) {
            return new IloState.Start(
                    delays,
                    post,
                    mode,
                    identity.license(),
                    hardware.orElseGet(() -> IloHardware.of(profile, identity.serial())),
                    accounts);
        }

        /** How long {@link IloFault#SLOW} takes; five seconds by default. */
        public Builder slowness(Duration delay) {
            slowness = delay;
            return this;
        }

        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        /** Seeds the choice of chunk borders. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Makes the certificate and listens. */
        public SimulatedIlo start() throws IOException {
            return new SimulatedIlo(this);
        }
    }
}
