package io.ferric.rest.common;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.node.Masking;

/**
 * Keeps what was masked from being written back. A client that reads a node and sends it back with one value changed
 * also sends the stars: wherever a value is exactly what the masked node shows, what is stored stays.
 */
public final class Stars {
    private Stars() {}

    /**
     * A copy of what the client sent, with what is stored in the place of what is merely shown.
     *
     * @param stored the unmasked document
     * @param shown the same document masked
     * @throws io.ferric.node.InvalidRequest when stars are left over under a secret name
     */
    public static ObjectNode restore(ObjectNode sent, ObjectNode stored, ObjectNode shown) {
        ObjectNode restored = restoreObject(sent, stored, shown);
        refuseStars(restored, stored, "");
        return restored;
    }

    private static JsonNode restoreValue(JsonNode sent, JsonNode stored, JsonNode shown) {
        if (sent.equals(shown)) {
            return stored;
        }
        if (sent instanceof ObjectNode a && stored instanceof ObjectNode b && shown instanceof ObjectNode c) {
            return restoreObject(a, b, c);
        }
        if (sent instanceof ArrayNode a && stored instanceof ArrayNode b && shown instanceof ArrayNode c) {
            return restoreList(a, b, c);
        }
        return sent;
    }

    private static ObjectNode restoreObject(ObjectNode sent, ObjectNode stored, ObjectNode shown) {
        ObjectNode restored = sent.objectNode();
        sent.properties()
                .forEach(each -> restored.set(
                        each.getKey(),
                        stored.has(each.getKey())
                                ? restoreValue(each.getValue(), stored.get(each.getKey()), shown.path(each.getKey()))
                                : each.getValue()));
        return restored;
    }

    private static ArrayNode restoreList(ArrayNode sent, ArrayNode stored, ArrayNode shown) {
        ArrayNode restored = sent.arrayNode();
        for (int i = 0; i < sent.size(); i++) {
            int from = whereShown(sent.get(i), shown, i);
            restored.add(
                    from < stored.size() ? restoreValue(sent.get(i), stored.get(from), shown.path(from)) : sent.get(i));
        }
        return restored;
    }

    /** Where the list shows this value, since a step before may have moved it; the same place when nowhere. */
    private static int whereShown(JsonNode value, ArrayNode shown, int place) {
        if (place < shown.size() && shown.get(place).equals(value)) {
            return place;
        }
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).equals(value)) {
                return i;
            }
        }
        return place;
    }

    private static void refuseStars(JsonNode value, JsonNode stored, String path) {
        if (value.equals(stored)) {
            return;
        }
        value.properties().forEach(each -> {
            String inner = path + "/" + each.getKey();
            JsonNode before = stored.path(each.getKey());
            if (Masking.isSecret(each.getKey()) && newStars(each.getValue(), before)) {
                throw RequestRefused.invalid(
                        "'" + inner + "' is " + Masking.STARS + ", the mask of a secret and not a value.",
                        "Send the secret itself, or leave the field away.");
            }
            refuseStars(each.getValue(), before, inner);
        });
        if (value.isArray()) {
            value.forEach(each -> refuseStars(each, MissingNode.getInstance(), path));
        }
    }

    private static boolean newStars(JsonNode value, JsonNode stored) {
        return Masking.STARS.equals(value.textValue()) && !value.equals(stored);
    }
}
