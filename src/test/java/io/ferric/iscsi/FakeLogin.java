package io.ferric.iscsi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The target's side of the login, with every answer that a script asks for. */
final class FakeLogin {
    private static final byte[] CHALLENGE = "sixteen byte key".getBytes(StandardCharsets.US_ASCII);
    private static final int CHAP_ID = 77;

    private final FakeScript script;
    private final FakeWire wire;
    final Map<String, String> heard = new LinkedHashMap<>();
    byte[] isid = {};
    private int statSn = 100;
    private int extraRounds;
    private boolean proven;

    FakeLogin(FakeScript script, FakeWire wire) {
        this.script = script;
        this.wire = wire;
        extraRounds = script.extraLoginRounds;
    }

    int nextStatSn() {
        return statSn;
    }

    /** Returns whether the session stands; otherwise the connection is to be closed. */
    boolean run() throws IOException {
        while (true) {
            FakeWire.Frame request = wire.receive();
            isid = Arrays.copyOfRange(request.header().array(), 8, 14);
            if (script.silentLogin) {
                continue;
            }
            if (script.dropAtLogin) {
                return false;
            }
            if (script.garbageAtLogin) {
                wire.send(ByteBuffer.wrap(new byte[48]).put(0, (byte) 0x3a), new byte[20]);
                return false;
            }
            int flags = request.header().get(1) & 0xff;
            Map<String, String> keys = parse(request.data());
            heard.putAll(keys);
            Map<String, String> answers = new LinkedHashMap<>();
            int status = script.loginStatus != 0 ? script.loginStatus : security(flags, keys, answers);
            boolean stay = status != 0 || (flags & 0x0c) != 0 && extraRounds-- > 0 || waitsForProof(flags);
            int answerFlags = stay ? flags & 0x0c : flags;
            answer(request, answerFlags, status, (status == 0 ? text(flags, keys, answers) : script.loginText));
            if (status != 0) {
                return false;
            }
            if ((answerFlags & 0x83) == 0x83) {
                wire.headerDigest = "CRC32C".equals(agreed("HeaderDigest"));
                wire.dataDigest = "CRC32C".equals(agreed("DataDigest"));
                return true;
            }
        }
    }

    /** What a key came to, by the rules of its kind. */
    String agreed(String key) {
        String offer = heard.get(key);
        String wish = script.wishes.get(key);
        if (offer == null) {
            return wish;
        }
        return switch (key) {
            case "InitialR2T" -> "Yes".equals(wish) || offer.equals("Yes") ? "Yes" : "No";
            case "ImmediateData" -> "No".equals(wish) || offer.equals("No") ? "No" : "Yes";
            case "FirstBurstLength", "MaxBurstLength" ->
                wish == null ? offer : Integer.toString(Math.min(Integer.parseInt(wish), Integer.parseInt(offer)));
            case "HeaderDigest", "DataDigest" ->
                wish != null && Arrays.asList(offer.split(",")).contains(wish)
                        ? wish
                        : offer.split(",")[0].equals("CRC32C") && wish == null ? "CRC32C" : "None";
            default -> wish == null ? offer : wish;
        };
    }

    private int security(int flags, Map<String, String> keys, Map<String, String> answers) {
        if ((flags & 0x0c) != 0) {
            return 0;
        }
        if (script.chap.isEmpty()) {
            answers.put("AuthMethod", "None");
            return 0;
        }
        if (!proven && keys.containsKey("AuthMethod")) {
            answers.put("AuthMethod", "CHAP");
            return keys.get("AuthMethod").contains("CHAP") ? 0 : 0x0201;
        }
        if (keys.containsKey("CHAP_A")) {
            answers.put("CHAP_A", Integer.toString(script.chapAlgorithm));
            answers.put("CHAP_I", Integer.toString(CHAP_ID));
            answers.put("CHAP_C", "0x" + HexFormat.of().formatHex(CHALLENGE));
        }
        return keys.containsKey("CHAP_R") ? check(keys, answers) : 0;
    }

    private int check(Map<String, String> keys, Map<String, String> answers) {
        Chap chap = script.chap.orElseThrow();
        String expected = "0x" + HexFormat.of().formatHex(proof(CHAP_ID, chap.secret(), CHALLENGE));
        if (!expected.equals(keys.get("CHAP_R")) || !chap.user().equals(keys.get("CHAP_N"))) {
            return 0x0201;
        }
        proven = true;
        chap.target().ifPresent(own -> {
            byte[] theirs = HexFormat.of().parseHex(keys.get("CHAP_C").substring(2));
            byte[] proof = proof(Integer.parseInt(keys.get("CHAP_I")), own.secret(), theirs);
            proof[0] ^= (byte) (script.lieInMutualChap ? 1 : 0);
            answers.put("CHAP_N", own.user());
            answers.put("CHAP_R", "0x" + HexFormat.of().formatHex(proof));
        });
        return 0;
    }

    private boolean waitsForProof(int flags) {
        return (flags & 0x0c) == 0 && script.chap.isPresent() && !proven;
    }

    private byte[] proof(int id, String secret, byte[] challenge) {
        String name = Map.of(5, "MD5", 7, "SHA-256", 8, "SHA3-256").get(script.chapAlgorithm);
        try {
            MessageDigest digest = MessageDigest.getInstance(name);
            digest.update((byte) id);
            digest.update(secret.getBytes(StandardCharsets.UTF_8));
            return digest.digest(challenge);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(int flags, Map<String, String> keys, Map<String, String> answers) {
        if ((flags & 0x0c) == 0x04) {
            for (String key : keys.keySet()) {
                answers.put(key, agreed(key));
            }
        }
        StringBuilder text = new StringBuilder(script.loginText);
        answers.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\0'));
        return text.toString();
    }

    private void answer(FakeWire.Frame request, int flags, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (script.splitLoginText && bytes.length > 10) {
            send(request, flags & 0x0c | 0x40, status, Arrays.copyOf(bytes, 7));
            FakeWire.Frame next = wire.receive();
            send(next, flags, status, Arrays.copyOfRange(bytes, 7, bytes.length));
        } else {
            send(request, flags, status, bytes);
        }
    }

    private void send(FakeWire.Frame request, int flags, int status, byte[] data) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(48);
        header.put(0, (byte) 0x23).put(1, (byte) flags).put(8, isid);
        header.putShort(14, (short) 1).putInt(16, request.tag()).putInt(24, statSn++);
        int cmdSn = request.header().getInt(24);
        header.putInt(28, cmdSn).putInt(32, cmdSn + script.window - 1).putShort(36, (short) status);
        wire.send(header, data);
    }

    private static Map<String, String> parse(byte[] data) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String pair : new String(data, StandardCharsets.UTF_8).split("\0")) {
            if (!pair.isEmpty()) {
                keys.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return keys;
    }
}
