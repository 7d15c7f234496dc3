package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document and the page made from it are current, and the server does as they say. */
class OpenApiTest {
    private static final Path SERVED = Path.of("src/main/resources/io/ferric/rest/openapi.json");
    private static final Path DOCUMENT = Path.of("docs/openapi.json");
    private static final Path PAGE = Path.of("docs/rest-api.md");
    private static final Path NOTES = Path.of("src/test/resources/io/ferric/rest/openapi-notes.properties");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static LiveApi api;
    private static JsonNode document;
    private static String text;
    private static Properties notes;

    @BeforeAll
    static void writes_the_document() throws IOException {
        api = new LiveApi();
        notes = new Properties();
        try (Reader reader = Files.newBufferedReader(NOTES)) {
            notes.load(reader);
        }
        document = new OpenApiDocument(new Probe(api), notes).json();
        text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        if (Boolean.getBoolean("ferric.regenerate")) {
            Files.createDirectories(SERVED.getParent());
            Files.writeString(SERVED, text);
            Files.writeString(DOCUMENT, text);
            Files.writeString(PAGE, RestApiPage.of(Files.readString(PAGE), document));
        }
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void the_documents_are_current() throws IOException {
        String how = "run this test with -Dferric.regenerate=true";
        assertThat(SERVED).as(how).hasContent(text);
        assertThat(DOCUMENT).as(how).hasContent(text);
        assertThat(PAGE).as(how).hasContent(RestApiPage.of(Files.readString(PAGE), document));
    }

    @Test
    void every_note_is_of_an_operation_there_is() {
        assertThat(notes.stringPropertyNames())
                .isSubsetOf(Operation.all().stream().map(Operation::key).collect(Collectors.toSet()));
    }

    @Test
    void the_server_serves_it() throws IOException {
        Served.Answer answer = api.rest().get("/v1/openapi.json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json())
                .isEqualTo(JSON.readTree(
                        Path.of("target/classes/io/ferric/rest/openapi.json").toFile()));
    }

    /** Both ways: the server has no method on these paths that the document lacks, and none less. */
    @Test
    void each_path_has_the_methods_the_document_says() {
        Map<String, Set<String>> documented = new TreeMap<>();
        Map<String, Set<String>> allowed = new TreeMap<>();
        document.get("paths").properties().forEach(path -> {
            documented.put(path.getKey(), verbs(path.getValue()));
            String asked = path.getKey().replaceAll("\\{\\w+}", LiveApi.NOBODY);
            String allow = api.ask("OPTIONS", asked, Optional.empty()).header("Allow");
            allowed.put(
                    path.getKey(),
                    Stream.of(allow.split(",\\s*"))
                            .filter(each -> !Set.of("HEAD", "OPTIONS").contains(each))
                            .collect(Collectors.toCollection(TreeSet::new)));
        });
        assertThat(allowed).isEqualTo(documented);
    }

    private static Set<String> verbs(JsonNode path) {
        return path.properties().stream()
                .map(each -> each.getKey().toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void what_can_be_looked_at_is_answered_as_the_document_says() {
        for (Operation operation : Operation.all()) {
            if (operation.verb().equals("GET") && api.has(operation)) {
                Served.Answer answer = api.ask("GET", operation.filled(api::sample), Optional.empty());
                assertThat(problems(operation, answer))
                        .as(operation.key() + " " + answer.body())
                        .isEmpty();
            }
        }
    }

    /** What is wrong with an answer; empty when it is as the document says. */
    static Set<String> problems(Operation operation, Served.Answer answer) {
        String verb = operation.verb().toLowerCase(Locale.ROOT);
        JsonNode responses =
                document.get("paths").get(operation.path()).get(verb).get("responses");
        if (answer.status() < 400 && !responses.has(String.valueOf(answer.status()))) {
            return Set.of("status " + answer.status() + " is not in the document");
        }
        String status = answer.status() < 400 ? String.valueOf(answer.status()) : "default";
        JsonNode schema = responses.get(status).at("/content/application~1json/schema");
        return schema.isMissingNode() || answer.body().isEmpty() ? Set.of() : validate(schema, answer.json());
    }

    private static Set<String> validate(JsonNode schema, JsonNode value) {
        var whole = schema.deepCopy();
        ((com.fasterxml.jackson.databind.node.ObjectNode) whole).set("components", document.get("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole).validate(value).stream()
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
