package io.ferric.rest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeSpec;
import io.ferric.rest.Samples;
import io.ferric.rest.common.ApiVersion;
import io.ferric.rest.common.JsonPatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonPatchProperties {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 300)
    void what_is_added_can_be_read_and_removed_again(
            @ForAll("document") ObjectNode document, @ForAll("key") String key, @ForAll("value") JsonNode value) {
        document.remove(key);
        String path = "/" + escaped(key);

        ObjectNode added = patch(step("add", path, value)).applyTo(document);

        assertThat(added.get(key)).isEqualTo(value);
        assertThat(patch(step("remove", path, null)).applyTo(added)).isEqualTo(document);
    }

    @Property(tries = 300)
    void what_is_put_into_a_list_can_be_read_and_removed_again(
            @ForAll("values") List<JsonNode> values, @ForAll("value") JsonNode value, @ForAll("index") int index) {
        ObjectNode document = JSON.createObjectNode();
        document.putArray("list").addAll(values);
        int at = index % (values.size() + 1);

        ObjectNode added = patch(step("add", "/list/" + at, value)).applyTo(document);

        assertThat(added.get("list").get(at)).isEqualTo(value);
        assertThat(added.get("list")).hasSize(values.size() + 1);
        assertThat(patch(step("remove", "/list/" + at, null)).applyTo(added)).isEqualTo(document);
        assertThat(patch(step("add", "/list/-", value))
                        .applyTo(document)
                        .get("list")
                        .get(values.size()))
                .isEqualTo(value);
    }

    @Property(tries = 300)
    void a_patch_is_done_wholly_or_not_at_all(
            @ForAll("document") ObjectNode document, @ForAll("steps") List<ObjectNode> steps) {
        ObjectNode before = document.deepCopy();
        try {
            patch(steps.toArray(ObjectNode[]::new)).applyTo(document);
        } catch (InvalidRequest refused) {
            assertThat(refused.getMessage()).contains("Cannot apply the patch at");
        }
        assertThat(document).isEqualTo(before);
    }

    @Property(tries = 300)
    void a_node_sent_back_as_it_was_shown_does_not_change(
            @ForAll("info") Map<String, Object> driverInfo, @ForAll("info") Map<String, Object> extra) {
        NodeSpec stored = NodeSpec.ofDriver("ilo").withDriverInfo(driverInfo).withInstanceInfo(extra);
        ObjectNode shown = NodeDocument.of(stored, true);
        ObjectNode[] everything = shown.properties().stream()
                .map(each -> step("replace", "/" + each.getKey(), each.getValue()))
                .toArray(ObjectNode[]::new);

        NodeSpec after = NodeFields.patched(stored, patch(everything), ApiVersion.MAX, false);

        assertThat(NodeDocument.of(after, false)).isEqualTo(NodeDocument.of(stored, false));
    }

    @Property(tries = 200)
    void no_patch_makes_a_node_that_cannot_be_shown(@ForAll("steps") List<ObjectNode> steps) {
        NodeSpec stored = Samples.spec();
        try {
            JsonPatch patch = patch(steps.toArray(ObjectNode[]::new));
            NodeFields.require(patch, ApiVersion.MAX);
            NodeSpec after = NodeFields.patched(stored, patch, ApiVersion.MAX, false);
            assertThat(NodeDocument.of(after, true)).isNotNull();
        } catch (InvalidRequest refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("hunter2", "K3Y", "t0ken");
        }
    }

    private static JsonPatch patch(ObjectNode... steps) {
        ArrayNode body = JSON.createArrayNode();
        body.addAll(List.of(steps));
        return JsonPatch.of(body);
    }

    private static ObjectNode step(String op, String path, JsonNode value) {
        ObjectNode step = JSON.createObjectNode().put("op", op).put("path", path);
        if (value != null) {
            step.set("value", value);
        }
        return step;
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    @Provide
    Arbitrary<String> key() {
        return Arbitraries.strings().withChars("ab~/01- ").ofMinLength(1).ofMaxLength(5);
    }

    @Provide
    Arbitrary<Integer> index() {
        return Arbitraries.integers().between(0, 20);
    }

    @Provide
    Arbitrary<JsonNode> value() {
        Arbitrary<Object> plain = Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(8),
                Arbitraries.integers(),
                Arbitraries.of(true, false),
                Arbitraries.just(Map.of("k", List.of(1, "x"))));
        return plain.map(JSON::<JsonNode>valueToTree);
    }

    @Provide
    Arbitrary<List<JsonNode>> values() {
        return value().list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<ObjectNode> document() {
        return Arbitraries.maps(key(), value()).ofMaxSize(5).map(JSON::<ObjectNode>valueToTree);
    }

    @Provide
    Arbitrary<List<ObjectNode>> steps() {
        Arbitrary<String> path = Arbitraries.of(
                "/name",
                "/driver_info",
                "/driver_info/ilo_password",
                "/extra/owner/api_token",
                "/extra/a",
                "/extra/a/0",
                "/a/b",
                "/uuid",
                "/instance_uuid",
                "/extra/~0~1");
        return Combinators.combine(Arbitraries.of("add", "replace", "remove"), path, value())
                .as(JsonPatchProperties::step)
                .list()
                .ofMaxSize(4);
    }

    /** Values as operators keep them: plain, secret, in URLs, nested in objects and lists. */
    @Provide
    Arbitrary<Map<String, Object>> info() {
        Arbitrary<String> keys = Arbitraries.of("address", "password", "api_token", "url", "inner", "list");
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMaxLength(6),
                Arbitraries.integers(),
                Arbitraries.of("https://u:pw@h/x?sig=abc", "http://h/i?temp_url_sig=12&x=1", "******"));
        Arbitrary<Object> lists = leaves.list().ofMaxSize(3).map(Object.class::cast);
        Arbitrary<Object> inner = Arbitraries.maps(keys, Arbitraries.oneOf(leaves, lists))
                .ofMaxSize(3)
                .map(Object.class::cast);
        return Arbitraries.maps(keys, Arbitraries.oneOf(leaves, lists, inner))
                .ofMaxSize(4)
                .map(LinkedHashMap::new);
    }
}
