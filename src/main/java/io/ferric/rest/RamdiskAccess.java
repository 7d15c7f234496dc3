package io.ferric.rest;

import io.ferric.conductor.Conductor;
import io.ferric.driver.RamdiskToken;
import io.ferric.driver.VendorMethod;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.NotAuthenticated;
import io.ferric.rest.auth.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets deploy ramdisks in that show a token Ferric made for them, and keeps what was refused. Safe for use by many
 * threads.
 */
final class RamdiskAccess {
    private static final int MOST = 1_000;

    private final Conductor conductor;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    RamdiskAccess(Conductor conductor) {
        this.conductor = conductor;
    }

    /** Whether only this class can tell whose token this is. */
    static boolean isOurs(String token) {
        return token.startsWith(RamdiskToken.PREFIX);
    }

    /** @throws NotAuthenticated unless it is the token of the deploy that this call continues */
    Caller caller(String token, Optional<RamdiskCall> call) {
        return call.filter(each -> continuesDeploy(each) && RamdiskToken.matches(conductor.node(each.node()), token))
                .map(each -> Caller.ramdiskOf(each.node()))
                .orElseThrow(() -> new NotAuthenticated(
                        "The ramdisk's token was refused: it is not that of the deploy this node is in.",
                        "A token is good for one deploy, and for nothing but the calls that continue it."));
    }

    /**
     * Keeps a refusal in the history of a node that waits for such a call or is about to, once for each reason: strangers
     * must not fill it.
     */
    void refused(RamdiskCall call, NodeFault refusal) {
        try {
            Node node = conductor.node(call.node());
            Instant since = node.status().provisionUpdatedAt().orElse(Instant.EPOCH);
            String words = node.uuid() + refusal.inPlainWords();
            if (node.provisionState().underWay() && continuesDeploy(call) && firstOf(words, since)) {
                conductor.noteRefusal(node.uuid().toString(), call.method(), refusal);
            }
        } catch (NodeFault nothingToKeepItWith) {
            // the caller hears of the refusal and of nothing else
        }
    }

    /** The words are a handful of ours and names of users that Keystone knows, so that there is an end to them. */
    private boolean firstOf(String words, Instant since) {
        if (noted.size() >= MOST) {
            noted.clear();
        }
        return !since.equals(noted.put(words, since));
    }

    /** Whether this is what ramdisks call for. */
    boolean continuesDeploy(RamdiskCall call) {
        try {
            return conductor.vendorMethods(call.node()).stream()
                    .anyMatch(method ->
                            method.name().equals(call.method()) && method.mode() == VendorMethod.Mode.CONTINUES_DEPLOY);
        } catch (NodeFault noSuchNode) {
            return false;
        }
    }
}
