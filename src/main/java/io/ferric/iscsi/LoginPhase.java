package io.ferric.iscsi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brings a session about: who we are, proofs of identity, and the terms of the session (RFC 7143 sections 6 and 11.12).
 *
 * <p>A session gets a random ISID, so that it never replaces another one of ours, unless that is wanted: then all have the
 * same. A target that sends us elsewhere is refused: the address we were given is the only one we talk to.
 */
final class LoginPhase implements PduHandler {
    private static final int SECURITY = 0;
    private static final int OPERATIONAL = 1;
    private static final int FULL_FEATURE = 3;
    private static final int MAX_EXCHANGES = 32;
    private static final int MAX_TEXT = 64 * 1024;
    private static final int TAG = 1;
    /** ISID type "random", RFC 7143 section 11.12.5. */
    private static final int RANDOM_ISID = 0x80;

    /** A target has one session of an initiator name and ISID, and ends it when another logs in. */
    private static final byte[] REPLACING_ISID = {(byte) RANDOM_ISID, 'f', 'e', 'r', 'i', 'c'};

    private final Connection connection;
    private final ByteBuffer arena;
    private final Timer timer;
    private final SequenceNumbers numbers = new SequenceNumbers();
    private final byte[] isid;
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int stage = SECURITY;
    private int exchanges;
    private boolean answered;
    private int flags;
    private int status;

    LoginPhase(Connection connection, ByteBuffer arena, Timer timer, byte[] isid) {
        this.connection = connection;
        this.arena = arena;
        this.timer = timer;
        this.isid = isid;
    }

    /** What tells a session from others of the same initiator. */
    static byte[] isid(IscsiOptions options, SecureRandom random) {
        byte[] isid = REPLACING_ISID.clone();
        if (!options.replacing()) {
            random.nextBytes(isid);
            isid[0] = (byte) RANDOM_ISID;
        }
        return isid;
    }

    /** The counters as they stand after the login. */
    SequenceNumbers numbers() {
        return numbers;
    }

    /** Goes through both stages. Returns the agreed terms; the connection already keeps to them. */
    Negotiation.Agreed login(IscsiTarget target, IscsiOptions options, SecureRandom random) throws IOException {
        authenticate(target, options, random);
        Negotiation negotiation = new Negotiation(options);
        Map<String, String> keys = negotiation.offers();
        while (stage != FULL_FEATURE) {
            keys = negotiation.answers(request(FULL_FEATURE, keys));
        }
        Negotiation.Agreed agreed = negotiation.agree(answers);
        connection.agreed(agreed.headerDigest(), agreed.dataDigest(), negotiation.receiveSegment());
        return agreed;
    }

    private void authenticate(IscsiTarget target, IscsiOptions options, SecureRandom random) throws IOException {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("InitiatorName", options.initiatorName());
        keys.put("SessionType", "Normal");
        keys.put("TargetName", target.iqn());
        keys.put("AuthMethod", target.chap().isPresent() ? "CHAP" : "None");
        String method = request(OPERATIONAL, keys).getOrDefault("AuthMethod", "None");
        if (!method.equals(keys.get("AuthMethod"))) {
            throw new IscsiException("the target offers " + Words.printable(method) + " as authentication, expected "
                    + keys.get("AuthMethod"));
        }
        if (target.chap().isPresent()) {
            proveIdentity(new ChapExchange(target.chap().get(), random));
        }
        while (stage == SECURITY) {
            request(OPERATIONAL, Map.of());
        }
    }

    private void proveIdentity(ChapExchange chap) throws IOException {
        if (stage != SECURITY) {
            throw new IscsiException("protocol error: the target asks for CHAP and goes on without it");
        }
        Map<String, String> challenge = request(SECURITY, ChapExchange.offer());
        chap.check(request(OPERATIONAL, chap.respond(challenge)));
    }

    /** One request with its whole response. Asks to go on to stage {@code next} unless that is the current one. */
    private Map<String, String> request(int next, Map<String, String> keys) throws IOException {
        text.reset();
        exchange(next, TextKeys.encode(keys));
        while ((flags & Pdu.CONTINUE) != 0) {
            exchange(stage, new byte[0]);
        }
        Map<String, String> response = TextKeys.decode(ByteBuffer.wrap(text.toByteArray()));
        refuseFailure(response);
        answers.putAll(response);
        if ((flags & Pdu.FINAL) != 0) {
            if ((flags & FULL_FEATURE) != next || next == stage) {
                throw new IscsiException("protocol error: the target goes on to a login stage we did not ask for");
            }
            stage = next;
        }
        return response;
    }

    private void refuseFailure(Map<String, String> response) throws IscsiException {
        if (LoginStatus.isRedirection(status)) {
            String where = Words.printable(response.getOrDefault("TargetAddress", "another address"));
            throw new IscsiException(LoginStatus.words(status) + " and wants us to log in to " + where
                    + "; refused, because only the address given is trusted");
        }
        if (status != LoginStatus.SUCCESS) {
            throw new IscsiException(LoginStatus.words(status));
        }
    }

    private void exchange(int next, byte[] data) throws IOException {
        if (++exchanges > MAX_EXCHANGES) {
            throw new IscsiException("protocol error: the target never comes to the end of the login");
        }
        ByteBuffer header = connection.out().header();
        boolean transit = next != stage;
        header.put(0, (byte) (Pdu.LOGIN_REQUEST | Pdu.IMMEDIATE));
        header.put(Pdu.FLAGS, (byte) (stage << 2 | (transit ? Pdu.FINAL | next : 0)));
        header.put(Pdu.LUN, isid);
        header.putInt(Pdu.TASK_TAG, TAG);
        numbers.stampImmediate(header);
        arena.put(0, data);
        connection.out().add(0, data.length);
        answered = false;
        while (!answered) {
            if (timer.left() <= 0) {
                throw new IscsiException("the target did not answer within " + timer.seconds());
            }
            connection.exchange(this, timer.left());
        }
    }

    @Override
    public ByteBuffer sink(ByteBuffer header, int length) throws IscsiException {
        throw new IscsiException("protocol error: the target sends data before the login is done");
    }

    @Override
    public void received(ByteBuffer header, ByteBuffer data) throws IscsiException {
        int opcode = header.get(0) & Pdu.OPCODE_MASK;
        if (opcode == Pdu.REJECT) {
            throw new IscsiException(RejectReason.words(header.get(Pdu.REASON)));
        }
        if (opcode != Pdu.LOGIN_RESPONSE || header.getInt(Pdu.TASK_TAG) != TAG || answered) {
            throw new IscsiException("protocol error: no login response but opcode 0x" + Integer.toHexString(opcode));
        }
        if (text.size() + data.remaining() > MAX_TEXT) {
            throw new IscsiException("protocol error: the target's login text is longer than " + MAX_TEXT + " bytes");
        }
        byte[] piece = new byte[data.remaining()];
        data.get(piece);
        text.writeBytes(piece);
        flags = header.get(Pdu.FLAGS);
        status = header.getShort(Pdu.LOGIN_STATUS) & 0xffff;
        if (status == LoginStatus.SUCCESS) {
            numbers.status(header);
            numbers.window(header);
        }
        answered = true;
    }
}
