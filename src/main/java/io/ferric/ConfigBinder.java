package io.ferric;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Binds YAML to configuration records: what is written overrides the record's defaults, and a key that the records do
 * not have is an error that names it. Keys are the component names in snake_case; durations are {@code 30s}, {@code 10m},
 * {@code 1h}, {@code 250ms}.
 */
final class ConfigBinder {
    private final ObjectMapper mapper = YAMLMapper.builder(new YAMLFactory())
            .addModule(new Jdk8Module())
            .addModule(texts())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads the file over the defaults. */
    <T> T bind(Path file, T defaults) throws IOException {
        JsonNode written;
        try {
            written = mapper.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new ConfigException(file + " is not readable YAML: " + e.getOriginalMessage() + where(e), e);
        }
        return bind(file.toString(), written, defaults);
    }

    /** Every key with its value, in the order of the records. */
    ObjectNode tree(Object config) {
        return mapper.valueToTree(config);
    }

    private <T> T bind(String source, JsonNode written, T defaults) {
        ObjectNode tree = tree(defaults);
        if (written.isObject()) {
            overlay(source, "", tree, (ObjectNode) written, defaults.getClass());
        } else if (!written.isNull() && !written.isMissingNode()) {
            throw new ConfigException(source + " must hold keys and values, not a bare value", null);
        }
        try {
            @SuppressWarnings("unchecked")
            T bound = (T) mapper.treeToValue(tree, defaults.getClass());
            return bound;
        } catch (JsonMappingException e) {
            throw new ConfigException(source + ": " + inWords(e, tree), e);
        } catch (JsonProcessingException e) {
            throw new ConfigException(source + ": " + e.getOriginalMessage(), e);
        }
    }

    private static void overlay(String source, String path, ObjectNode onto, ObjectNode written, Class<?> type) {
        for (Map.Entry<String, JsonNode> field : written.properties()) {
            String key = path + field.getKey();
            JsonNode before = onto.get(field.getKey());
            if (before == null) {
                throw new ConfigException(source + ": unknown key '" + key + "'; known here are: " + known(onto), null);
            }
            JsonNode value = field.getValue();
            Class<?> takes = typeOf(type, field.getKey());
            if (value.isNull()) {
                unset(onto, field.getKey(), takes);
            } else if (!shape(value).equals(shape(before))) {
                throw new ConfigException(source + ": " + key + " takes " + shape(before) + ", not " + value, null);
            } else if (before.isObject()) {
                overlay(source, key + ".", (ObjectNode) before, (ObjectNode) value, takes);
            } else {
                onto.set(field.getKey(), value);
            }
        }
    }

    /** A key without a value: nothing where nothing is allowed, else the default. */
    private static void unset(ObjectNode onto, String key, Class<?> takes) {
        if (takes == Optional.class) {
            onto.putNull(key);
        }
    }

    private static String shape(JsonNode value) {
        if (value.isObject()) {
            return "keys of its own";
        }
        return value.isArray() ? "a list" : "one value";
    }

    private static Class<?> typeOf(Class<?> type, String key) {
        PropertyNamingStrategies.SnakeCaseStrategy snake = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE;
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> snake.translate(component.getName()).equals(key))
                .<Class<?>>map(RecordComponent::getType)
                .findFirst()
                .orElseThrow();
    }

    private static String known(ObjectNode node) {
        return node.properties().stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
    }

    private static String key(JsonMappingException e) {
        return e.getPath().stream()
                .map(each -> each.getFieldName() == null ? "[" + each.getIndex() + "]" : each.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** The key and what is wrong with it. */
    private static String inWords(JsonMappingException e, JsonNode tree) {
        String reason = reason(e, tree);
        return reason.startsWith(key(e)) ? reason : key(e) + ": " + reason;
    }

    private static String reason(JsonMappingException e, JsonNode tree) {
        Throwable root = e;
        while (root.getCause() != null && !(root instanceof MismatchedInputException)) {
            root = root.getCause();
        }
        if (root instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "'" + value(e, tree).asText() + "' is not " + kind(mismatch.getTargetType());
        }
        return root instanceof JsonProcessingException json ? json.getOriginalMessage() : root.getMessage();
    }

    private static JsonNode value(JsonMappingException e, JsonNode tree) {
        JsonNode value = tree;
        for (JsonMappingException.Reference step : e.getPath()) {
            value = step.getFieldName() == null ? value.path(step.getIndex()) : value.path(step.getFieldName());
        }
        return value;
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(each -> each.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        return type == URI.class ? "a URL" : "a value for it";
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }

    private static SimpleModule texts() {
        return new SimpleModule()
                .addSerializer(new StdSerializer<>(Duration.class) {
                    @Override
                    public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
                            throws IOException {
                        json.writeString(DurationText.format(value));
                    }
                })
                .addDeserializer(Duration.class, new StdDeserializer<>(Duration.class) {
                    @Override
                    public Duration deserialize(JsonParser json, DeserializationContext context) throws IOException {
                        return DurationText.parse(json.getValueAsString());
                    }
                })
                .addSerializer(new StdSerializer<>(Path.class) {
                    @Override
                    public void serialize(Path value, JsonGenerator json, SerializerProvider provider)
                            throws IOException {
                        json.writeString(value.toString());
                    }
                })
                .addDeserializer(Path.class, new StdDeserializer<>(Path.class) {
                    @Override
                    public Path deserialize(JsonParser json, DeserializationContext context) throws IOException {
                        return Path.of(json.getValueAsString());
                    }
                });
    }
}
