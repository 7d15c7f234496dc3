package io.ferric.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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

    /**
     * Notes that a name has gone.
     *
     * @param gone asked again under the lock, since the name may have come back meanwhile; whoever brings it calls {@link
     *     #add} afterwards
     */
    synchronized void retire(String id, Predicate<String> gone) {
        Optional.ofNullable(present.get(id)).filter(gone).ifPresent(name -> {
            present.remove(id);
            former.put(id, name);
        });
    }

    synchronized Optional<String> name(String id) {
        return Optional.ofNullable(present.get(id)).or(() -> Optional.ofNullable(former.get(id)));
    }
}
