package io.ferric.lab.ilo;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloState.PowerDelays;
import io.ferric.lab.kit.Faults;
import io.ferric.lab.kit.Threads;
import java.io.BufferedInputStream;
import java.io.IOException;
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
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * An iLO 4 of a ProLiant Gen9 on a free port of the loopback address: HTTPS with a certificate it signed itself, RIBCL
 * as firmware 2.50 speaks it, and {@code /xmldata}. It misbehaves on request.
 *
 * <pre>{@code
 * try (SimulatedIlo ilo = SimulatedIlo.builder().start()) {
 *     ilo.faults().inject(IloFault.DROP_IN_CHUNK, 1);
 *     ...                                  // connect to ilo.address(), pin ilo.fingerprint()
 *     assertThat(ilo.state().bay(MediaDevice.CDROM).inserted()).isTrue();
 * }
 * }</pre>
 *
 * <p>The wire format is that of the notes on recorded RIBCL traffic: chunks of at most 511 bytes with borders anywhere,
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
    private final ScheduledExecutorService timer;
    private final IloState state;
    private final SelfSigned certificate;
    private final RibclFrontEnd ribcl;
    private final RedfishFace redfish;
    private final Random borders;
    private final TlsListener listener;

    private SimulatedIlo(Builder settings) throws IOException {
        this.settings = settings;
        String serial = settings.identity.serial();
        timer = Executors.newSingleThreadScheduledExecutor(Threads.daemons("ilo-power-" + serial));
        state = new IloState(settings.clock, timer, settings.delays, settings.mode, faults);
        ribcl = new RibclFrontEnd(state, settings.identity, settings.users, settings.unescapesPassword);
        redfish = new RedfishFace(state, settings.identity, settings.profile, settings.users, settings.clock);
        borders = new Random(settings.seed);
        certificate = SelfSigned.of("ILO" + serial, settings.clock.instant(), new SecureRandom());
        listener = new TlsListener(
                certificate.serverContext(), new InetSocketAddress(settings.address, settings.port), this::serve);
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

    @Override
    public void close() {
        listener.close();
        Threads.end(timer);
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.read(new BufferedInputStream(socket.getInputStream()));
        if (state.struck(IloFault.DROP_AT_ONCE)) {
            return;
        }
        if (state.struck(IloFault.SLOW)) {
            Thread.sleep(settings.slowness.toMillis());
        }
        if (state.struck(IloFault.NEVER_ANSWERS)) {
            new CountDownLatch(1).await();
        }
        OutputStream out = socket.getOutputStream();
        if (state.struck(IloFault.HTTP_503)) {
            out.write(HttpAnswer.page(503, "Service Unavailable"));
        } else if (redfish.answers(request)) {
            redfish.answer(request, out);
        } else if (request.method().equals("POST") && request.path().equals("/ribcl")) {
            sendDocuments(out, ribclAnswer(request.body()));
        } else if (request.method().equals("GET")
                && request.path().toLowerCase(Locale.ROOT).startsWith("/xmldata?item=all")) {
            sendDocuments(out, XmlData.all(settings.identity).getBytes(StandardCharsets.ISO_8859_1));
        } else {
            out.write(HttpAnswer.page(404, "Not Found"));
        }
        out.flush();
    }

    private void sendDocuments(OutputStream out, byte[] body) throws IOException {
        boolean drop = state.struck(IloFault.DROP_IN_CHUNK);
        out.write(HttpAnswer.chunkedHead(settings.clock.instant()));
        synchronized (borders) {
            out.write(drop ? HttpAnswer.brokenChunk(body) : HttpAnswer.chunks(body, borders));
        }
    }

    private byte[] ribclAnswer(String request) {
        String body;
        if (state.struck(IloFault.GARBAGE_ANSWER)) {
            body = "\u0000\u0017]]>< not a word of RIBCL &&& \u00ff\u00fe";
        } else if (state.struck(IloFault.WRONG_DOCUMENT)) {
            body = "<?xml version=\"1.0\"?>\r\n<HTML><BODY>Please log in</BODY></HTML>\r\n";
        } else if (state.struck(IloFault.RIBCL_DISABLED)) {
            RibclAnswer disabled = new RibclAnswer();
            disabled.fault(new RibclFault(RibclFault.UNRECORDED, "RIBCLI is disabled."));
            body = disabled.toString();
        } else {
            body = maybeDamaged(ribcl.answer(request));
        }
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String maybeDamaged(String body) {
        if (state.struck(IloFault.TRUNCATED_DOCUMENT)) {
            return body.substring(0, body.lastIndexOf("MESSAGE"));
        }
        if (state.struck(IloFault.CONTROL_BYTES)) {
            return body.replace("\r\n<", "\u0001\r\n<").replace("utility", "utility\u00b0");
        }
        return body;
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
        private Duration slowness = Duration.ofSeconds(5);
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
            return identity(new IloIdentity(
                    identity.serial(),
                    which.model(),
                    identity.uuid(),
                    which.firmware(),
                    identity.serverName(),
                    which.license()));
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
