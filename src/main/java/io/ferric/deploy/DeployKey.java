package io.ferric.deploy;

import io.ferric.driver.RamdiskToken;
import io.ferric.driver.Task;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.Secret;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The word by which a ramdisk proves that it is the one we booted: 32 random characters, good for one deploy and as
 * many calls as that needs: one, or with a boot loader to install two. A node without a key believes nobody.
 */
final class DeployKey {
    static final String NAME = "deploy_key";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int LENGTH = 32;

    private DeployKey() {}

    /** Makes a new key and stores it with the node. */
    static Secret renew(Task task, SecureRandom random) {
        String key = random.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
        task.setInstanceInfo(NAME, key);
        return Secret.of(key);
    }

    /** Ends the key's life, and that of the token the same ramdisk was given. */
    static void retire(Task task) {
        RamdiskToken.retire(task);
        task.removeInstanceInfo(NAME);
    }

    /** Compares without telling by its duration how much of the key was right. */
    static void check(Node node, Object given) {
        Optional<Secret> ours = node.instanceInfo().secret(NAME);
        if (!(given instanceof String key) || ours.isEmpty() || !ours.get().matches(key)) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    "Deploy key does not match",
                    "A key is good for one deploy and is used up by its last call; only the ramdisk booted for this deploy has it.");
        }
    }
}
