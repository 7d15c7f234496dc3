package io.ferric.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which name an id in a URL stands for: all names in use, and the last few that went, so that a refusal can be told of
 * something that has just expired. Safe for use by many threads.
 */
final class NameBook {
    private final Map<String, String> present = new HashMap<>();
    private final Map<String, String> former;

    NameBook(int formerLimit) {
        this.former = FetchMemory.forgetful(formerLimit);
    }

    synchronized void add(String id, String name) {
        present.put(id, name);
    }

    synchronized void retire(String id) {
        Optional.ofNullable(present.remove(id)).ifPresent(name -> former.put(id, name));
    }

    synchronized Optional<String> name(String id) {
        return Optional.ofNullable(present.get(id)).or(() -> Optional.ofNullable(former.get(id)));
    }
}
