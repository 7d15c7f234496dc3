package io.ferric.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.client.ScriptedApi;
import io.ferric.client.ScriptedApi.Asked;
import io.ferric.client.ScriptedApi.Reply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/** An Ironic with a few records, which lists one record a page. */
final class PretendIronic implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> lists = new LinkedHashMap<>();
    private final String version;
    private final ScriptedApi api;

    PretendIronic(String version) throws IOException {
        this.version = version;
        this.api = new ScriptedApi(this::answer);
    }

    String url() {
        return api.uri().toString();
    }

    /** @param records JSON with single quotes */
    void has(String collection, String records) throws IOException {
        lists.put(collection, JSON.readTree(records.replace('\'', '"')));
    }

    boolean wasOnlyRead() {
        return api.asked().stream().allMatch(asked -> asked.method().equals("GET"));
    }

    private Reply answer(Asked asked) {
        String path = asked.path().replaceAll("\\?.*", "").replaceAll("/detail$", "");
        if (path.equals("/")) {
            return Reply.json("{\"name\": \"OpenStack Ironic API\"}");
        }
        Reply reply = path.equals("/v1/") ? Reply.json("{}") : list(path.substring("/v1/".length()), asked.path());
        return reply.with("X-OpenStack-Ironic-API-Version", version);
    }

    private Reply list(String collection, String asked) {
        JsonNode all = lists.get(collection);
        if (all == null) {
            return Reply.of(404, "");
        }
        String key = collection.substring(collection.indexOf('/') + 1);
        int at = asked.contains("marker=") ? Integer.parseInt(asked.replaceAll(".*marker=(\\d+).*", "$1")) : 0;
        var answer = JSON.createObjectNode();
        var page = answer.putArray(key);
        StreamSupport.stream(all.spliterator(), false).skip(at).limit(1).forEach(page::add);
        if (at + 1 < all.size()) {
            answer.put("next", "http://inside.example:6385" + asked.replaceAll("\\?.*", "") + "?marker=" + (at + 1));
        }
        return Reply.json(answer.toString());
    }

    @Override
    public void close() {
        api.close();
    }
}
