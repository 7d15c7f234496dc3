package io.ferric.lab.ilo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Follows every link of a tree of resources. */
final class Crawl {
    private final RawJson client;
    private final Set<String> seen = new TreeSet<>();
    private final List<String> broken = new ArrayList<>();

    Crawl(RawJson client) {
        this.client = client;
    }

    void from(String root) throws Exception {
        Deque<String> todo = new ArrayDeque<>(List.of(root));
        while (!todo.isEmpty()) {
            String path = todo.pop();
            if (!seen.add(path)) {
                continue;
            }
            RawJson.Reply reply = client.get(path);
            if (reply.status() != 200
                    || !reply.body().path("@odata.id").asText().equals(path)) {
                broken.add(path + " " + reply.status());
            }
            for (String name : List.of("@odata.id", "href")) {
                for (JsonNode link : reply.body().findValues(name)) {
                    todo.push(link.asText());
                }
            }
        }
    }

    Set<String> seen() {
        return seen;
    }

    List<String> broken() {
        return broken;
    }
}
