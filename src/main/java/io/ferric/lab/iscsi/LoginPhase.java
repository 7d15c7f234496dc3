package io.ferric.lab.iscsi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The login phase of one connection (RFC 7143, sections 6 and 11.12): security, then operational parameters. */
final class LoginPhase {
    private static final int SECURITY = 0;
    private static final int OPERATIONAL = 1;
    private static final int FULL_FEATURE = 3;
    private static final int TRANSIT = 0x80;
    private static final int CONTINUE = 0x40;
    private static final int MAX_TEXT = 64 * 1024;

    private static final int AUTHENTICATION_FAILURE = 0x0201;
    private static final int NOT_FOUND = 0x0203;
    private static final int MISSING_PARAMETER = 0x0207;

    private final PduChannel channel;
    private final String targetName;
    private final Optional<Chap> chap;
    private final Negotiation negotiation;
    private final int sessionHandle;
    private final Consumer<String> replace;
    private final StringBuilder partial = new StringBuilder();
    private boolean introduced;
    private boolean authenticated;
    private boolean discovery;
    private String initiator = "";
    private int statSn;
    private int cmdSn;

    /** @param replace ends the session of this initiator name and ISID, if there is one, before this one is begun */
    LoginPhase(
            PduChannel channel,
            String targetName,
            Optional<Chap> chap,
            TargetLimits limits,
            int sessionHandle,
            Consumer<String> replace) {
        this.channel = channel;
        this.replace = replace;
        this.targetName = targetName;
        this.chap = chap;
        this.negotiation = new Negotiation(limits);
        this.sessionHandle = sessionHandle;
        this.authenticated = chap.isEmpty();
    }

    /** What a finished login leaves behind. */
    record Outcome(Negotiation.Agreed agreed, boolean discovery, int statSn, int expCmdSn) {}

    /** Talks until full feature phase; empty when the login was refused. */
    Optional<Outcome> run() throws IOException {
        while (true) {
            Pdu request = nextRequest();
            Map<String, String> offered = TextKeys.parse(partial.toString());
            partial.setLength(0);
            Map<String, String> answers = new LinkedHashMap<>();
            int refusal = judge(request, offered, answers);
            if (refusal != 0) {
                channel.write(answer(request, 0).set(36, refusal << 16));
                return Optional.empty();
            }
            boolean transit = request.hasFlag(TRANSIT) && authenticated;
            boolean over = transit && (request.header().get(1) & 3) == FULL_FEATURE;
            if (over && !discovery) {
                replace.accept(initiator + " " + HexFormat.of().formatHex(isid(request)));
            }
            respond(request, transit, answers);
            if (over) {
                return Optional.of(new Outcome(negotiation.agreed(), discovery, statSn, cmdSn));
            }
        }
    }

    /** Reads until the text is complete; each part that is to be continued gets an empty answer. */
    private Pdu nextRequest() throws IOException {
        while (true) {
            Pdu request = channel.read();
            if (request.opcode() != Pdu.LOGIN) {
                throw new ProtocolException("opcode " + request.opcode() + " before the login is over");
            }
            cmdSn = request.cmdSn();
            partial.append(StandardCharsets.UTF_8.decode(request.data()));
            if (partial.length() > MAX_TEXT) {
                throw new ProtocolException("more than " + MAX_TEXT + " bytes of login text");
            }
            if (!request.hasFlag(CONTINUE)) {
                return request;
            }
            respond(request, false, Map.of());
        }
    }

    /** Adds the answers to what was offered; 0, or the login status to refuse with. */
    private int judge(Pdu request, Map<String, String> offered, Map<String, String> answers) throws IOException {
        int refusal = introduction(offered);
        int stage = (request.header().get(1) >> 2) & 3;
        if (refusal != 0) {
            return refusal;
        }
        if (stage == SECURITY) {
            return security(offered, answers);
        }
        if (stage != OPERATIONAL || !authenticated) {
            return AUTHENTICATION_FAILURE;
        }
        answers.putAll(negotiation.answer(offered));
        return 0;
    }

    /** Checks the names in the first request; 0 when they are fine, else a login status. */
    private int introduction(Map<String, String> offered) {
        if (introduced) {
            return 0;
        }
        introduced = true;
        initiator = offered.getOrDefault("InitiatorName", "");
        discovery = offered.getOrDefault("SessionType", "Normal").equals("Discovery");
        if (!offered.containsKey("InitiatorName") || (!discovery && !offered.containsKey("TargetName"))) {
            return MISSING_PARAMETER;
        }
        return discovery || offered.get("TargetName").equals(targetName) ? 0 : NOT_FOUND;
    }

    private int security(Map<String, String> offered, Map<String, String> answers) {
        if (offered.containsKey("AuthMethod")) {
            String wanted = chap.isPresent() ? "CHAP" : "None";
            if (!List.of(offered.get("AuthMethod").split(",")).contains(wanted)) {
                return AUTHENTICATION_FAILURE;
            }
            answers.put("AuthMethod", wanted);
            if (!discovery) {
                answers.put("TargetPortalGroupTag", "1");
            }
        } else if (offered.containsKey("CHAP_A") && chap.isPresent()) {
            answers.put("CHAP_A", "5");
            answers.put("CHAP_I", chap.get().identifier());
            answers.put("CHAP_C", chap.get().challenge());
        } else if (offered.containsKey("CHAP_R") && chap.isPresent()) {
            authenticated = chap.get().accepts(offered.getOrDefault("CHAP_N", ""), offered.get("CHAP_R"));
            return authenticated ? 0 : AUTHENTICATION_FAILURE;
        }
        return 0;
    }

    private void respond(Pdu request, boolean transit, Map<String, String> keys) throws IOException {
        int stages = request.header().get(1) & (transit ? 0x0F : 0x0C);
        channel.write(answer(request, (transit ? TRANSIT : 0) | stages).with(TextKeys.format(keys)));
    }

    private static byte[] isid(Pdu request) {
        byte[] isid = new byte[6];
        request.header().get(8, isid);
        return isid;
    }

    private Pdu answer(Pdu request, int flags) {
        Pdu answer = Pdu.answer(Pdu.LOGIN_RESPONSE, request.initiatorTag()).flags(flags);
        ByteBuffer header = answer.header();
        header.put(8, request.header(), 8, 6);
        header.putShort(14, (short) ((flags & 0x83) == 0x83 ? sessionHandle : 0));
        return answer.set(24, statSn++).set(28, cmdSn).set(32, cmdSn + Connection.WINDOW - 1);
    }
}
