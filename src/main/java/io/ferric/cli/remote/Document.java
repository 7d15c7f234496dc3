package io.ferric.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ferric.cli.terminal.UsageException;
import io.ferric.node.Masking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as they are written on a command line: JSON, files of it, and {@code KEY=VALUE}. */
final class Document {
    private static final ObjectReader JSON =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int LARGEST = 96 << 20;

    private Document() {}

    /** JSON as it stands, a file of JSON or YAML, or {@code -} for standard input. */
    static JsonNode read(String option, String text) throws IOException {
        if (text.equals("-")) {
            return parsed(option, new String(System.in.readNBytes(LARGEST), StandardCharsets.UTF_8));
        }
        String start = text.strip();
        return start.startsWith("{") || start.startsWith("[")
                ? parsed(option, text)
                : parsed(option + " " + text, file(text));
    }

    /** The file's text. */
    static String file(String name) throws IOException {
        Path file = Path.of(name);
        if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
            throw new UsageException(name + " is larger than " + LARGEST + " bytes");
        }
        return Files.readString(file);
    }

    private static JsonNode parsed(String where, String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            // its message would quote the text, in which there may be secrets
            String line =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw new UsageException(where + " is neither JSON nor YAML" + line);
        }
    }

    /** {@code KEY=VALUE} each; a value that is JSON is what it says, unless its key names a secret. */
    static Map<String, JsonNode> pairs(String option, List<String> texts) {
        Map<String, JsonNode> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new UsageException(option + " must be written as KEY=VALUE"
                        + (equals < 0 ? ", with a '=' after the key" : ", with a key before the '='"));
            }
            String key = text.substring(0, equals);
            pairs.put(key, value(key, text.substring(equals + 1)));
        }
        return pairs;
    }

    private static JsonNode value(String key, String text) {
        // trailing words make it a text: 10.0.0.1 and 1 2 are no numbers
        if (Masking.isSecret(key)) {
            return TextNode.valueOf(text);
        }
        try {
            JsonNode value = JSON.readTree(text);
            return value.isMissingNode() ? TextNode.valueOf(text) : value;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
