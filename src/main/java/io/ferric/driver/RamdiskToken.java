package io.ferric.driver;

import io.ferric.node.Node;
import io.ferric.node.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A token of our own for the deploy ramdisk of one node and one deploy: it opens the calls that continue that deploy, and
 * nothing else. Only its hash is remembered with the node, so that whoever reads the database cannot use it.
 */
public final class RamdiskToken {
    /** How all of them begin, so that nobody is asked about them who cannot know them. */
    public static final String PREFIX = "ferric-ramdisk-";

    /** Names a token, and is therefore masked wherever a node is shown. */
    static final String REMEMBERED = "ramdisk_token_sha256";

    private static final int BYTES = 32;

    private RamdiskToken() {}

    /** Makes a new one in place of an older. */
    public static Secret issue(Task task, SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        task.remember(REMEMBERED, hash(token));
        return Secret.of(token);
    }

    /** Ends its life; content when there is none. */
    public static void retire(Task task) {
        task.forget(REMEMBERED);
    }

    /**
     * Whether this is the token of the deploy that the node is in; compares without telling by its duration how much was
     * right.
     */
    public static boolean matches(Node node, String token) {
        return node.status().internalInfo().get(REMEMBERED) instanceof String ours
                && Secret.of(ours).matches(hash(token));
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
