package io.ferric.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ferric.cli.terminal.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The secrets that Ironic does not tell, from a YAML file: by name or UUID of the node, or {@code "*"} for all, either a
 * text for everything that is masked or a text for each field.
 */
final class Passwords {
    private static final String EVERY_NODE = "*";

    private final JsonNode file;

    private Passwords(JsonNode file) {
        this.file = file;
    }

    static Passwords none() {
        return new Passwords(JsonNodeFactory.instance.objectNode());
    }

    static Passwords read(Path file) throws IOException {
        try {
            JsonNode content = new YAMLMapper().readTree(Files.readString(file));
            if (!content.isObject()) {
                throw new UsageException(file + " must map names of nodes to passwords");
            }
            return new Passwords(content);
        } catch (JsonProcessingException e) {
            // its message would quote the file
            throw new UsageException(file + " is no YAML"
                    + (e.getLocation() == null
                            ? ""
                            : ", in line " + e.getLocation().getLineNr()));
        }
    }

    /** What a masked field of a node really is. */
    Optional<JsonNode> of(JsonNode node, String field) {
        return Stream.of(node.path("uuid").asText(), node.path("name").asText(), EVERY_NODE)
                .map(file::path)
                .map(entry -> entry.isObject() ? entry.path(field) : entry)
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull() && !value.asText().isEmpty())
                .<JsonNode>map(value -> JsonNodeFactory.instance.textNode(value.asText()))
                .findFirst();
    }

    @Override
    public String toString() {
        return "Passwords";
    }
}
