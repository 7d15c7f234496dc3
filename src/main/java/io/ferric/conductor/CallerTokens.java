package io.ferric.conductor;

import io.ferric.driver.CallerToken;
import io.ferric.store.NodeStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps the token that came with a deploy among what is remembered of its node. */
final class CallerTokens {
    private final NodeStore nodes;

    CallerTokens(NodeStore nodes) {
        this.nodes = nodes;
    }

    /** To be called in the transaction that begins the deploy, after whatever else remembers something there. */
    void keep(UUID node, Optional<CallerToken> token) {
        Map<String, Object> before = nodes.find(node).orElseThrow().status().internalInfo();
        Map<String, Object> after = new LinkedHashMap<>(before);
        after.remove(CallerToken.REMEMBERED);
        token.ifPresent(each -> after.put(CallerToken.REMEMBERED, each.toRemember()));
        if (!after.equals(before)) {
            nodes.saveInternalInfo(node, after);
        }
    }
}
