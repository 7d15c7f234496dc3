package io.ferric;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes {@code config/ferric.yaml} and {@code docs/configuration.md} from the configuration records: keys and defaults
 * from the records themselves, the words from the {@code @param} lines of their Javadoc. So there is one truth.
 */
final class ConfigReference {
    private static final int WIDTH = 110;

    /** One key: where it stands, what it means, what it is when nothing is said. */
    record Key(int depth, String path, String name, String doc, String type, Optional<JsonNode> value) {}

    private final List<Key> keys = new ArrayList<>();

    ConfigReference(FerricConfig defaults) {
        collect(0, "", defaults.getClass(), new ConfigBinder().tree(defaults));
    }

    List<Key> keys() {
        return keys;
    }

    String yaml() {
        StringBuilder text = new StringBuilder("""
                # Every key of Ferric with its default: this file changes nothing. Keep what you change, drop the rest.
                # An unknown key is an error at start-up. Durations: 250ms, 30s, 10m, 1h, 7d. A key without a value is unset.
                """);
        for (Key key : keys) {
            String indent = "  ".repeat(key.depth());
            if (key.depth() == 0 && key.value().isEmpty() || key.depth() == 0) {
                text.append('\n');
            }
            wrap(key.doc(), WIDTH - indent.length() - 2)
                    .forEach(line ->
                            text.append(indent).append("# ").append(line).append('\n'));
            text.append(indent).append(key.name()).append(':');
            key.value()
                    .map(ConfigReference::scalar)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> text.append(' ').append(value));
            text.append('\n');
        }
        return text.toString();
    }

    String markdown() {
        StringBuilder text = new StringBuilder("""
                # Configuration

                One YAML file, `ferric serve --config FILE`. [config/ferric.yaml](../config/ferric.yaml) has every key with its
                default. Everything not written keeps its default; an unknown key, or a value that cannot be used, stops the start
                with an error that names it. Durations are a number and a unit: `250ms`, `30s`, `10m`, `1h`, `7d`. Secrets stand in
                files of their own.

                This page is generated from the configuration records; `mvn test -Dtest=ConfigReferenceTest -Dferric.regenerate=true`
                writes it anew.
                """);
        boolean inTable = false;
        for (Key key : keys) {
            if (key.value().isEmpty()) {
                text.append("\n## ")
                        .append(key.path())
                        .append("\n\n")
                        .append(key.doc())
                        .append("\n\n| key | default | |\n|---|---|---|\n");
                inTable = true;
                continue;
            }
            if (!inTable) {
                text.append("\n| key | default | |\n|---|---|---|\n");
                inTable = true;
            }
            String value = scalar(key.value().get());
            text.append("| `").append(key.path()).append("` | ").append(value.isEmpty() ? "" : "`" + value + "`");
            text.append(" | ").append(key.doc()).append(" |\n");
        }
        return text.toString();
    }

    private void collect(int depth, String path, Class<?> type, JsonNode tree) {
        Javadocs docs = new Javadocs(type);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = snake(component.getName());
            if (!component.getType().isRecord()) {
                keys.add(new Key(
                        depth,
                        path + name,
                        name,
                        docs.of(component.getName()),
                        typeName(component),
                        Optional.of(tree.get(name))));
            }
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isRecord()) {
                String name = snake(component.getName());
                String own = docs.of(component.getName());
                String doc = own.isEmpty() ? new Javadocs(component.getType()).summary() : own;
                keys.add(new Key(depth, path + name, name, doc, "", Optional.empty()));
                collect(depth + 1, path + name + ".", component.getType(), tree.get(name));
            }
        }
    }

    private static String typeName(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == Optional.class && component.getGenericType() instanceof ParameterizedType of) {
            type = (Class<?>) of.getActualTypeArguments()[0];
        }
        return type == Duration.class ? "duration" : type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String scalar(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (value.isTextual()) {
            String text = value.asText();
            boolean plain = text.matches("[A-Za-z0-9/._][A-Za-z0-9/._ =-]*")
                    && !text.matches("(?i)true|false|yes|no|on|off|null|[0-9.]+");
            return plain ? text : "'" + text.replace("'", "''") + "'";
        }
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(each -> parts.add(scalar(each)));
            return "[" + String.join(", ", parts) + "]";
        }
        return value.toString();
    }

    /** Without the underscore that makes a name of one of Java's own words. */
    private static String snake(String camel) {
        return camel.replaceFirst("^_", "")
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** What the Javadoc of a record says, read from its source. */
    private static final class Javadocs {
        private final String comment;

        Javadocs(Class<?> type) {
            Class<?> top = type;
            while (top.getEnclosingClass() != null) {
                top = top.getEnclosingClass();
            }
            Path file = Path.of("src/main/java", top.getName().replace('.', '/') + ".java");
            try {
                Matcher found = Pattern.compile(
                                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:public |static |final )*record "
                                        + type.getSimpleName() + "\\(",
                                Pattern.DOTALL)
                        .matcher(Files.readString(file));
                comment = found.find() ? clean(found.group(1)) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String summary() {
            // what programmers need and operators do not
            return comment.split("@param")[0]
                    .replaceAll("\\bImmutable[^.]*\\.", "")
                    .strip();
        }

        String of(String component) {
            for (String part : comment.split("@param ")) {
                if (part.startsWith(component + " ")) {
                    return part.substring(component.length()).split("@")[0].strip();
                }
            }
            return "";
        }

        private static String clean(String raw) {
            return Pattern.compile("`([a-z]+(?:[A-Z][a-z]+)+)`")
                    .matcher(plain(raw))
                    .replaceAll(name -> "`" + snake(name.group(1)) + "`");
        }

        private static String plain(String raw) {
            return raw.replaceAll("\\n\\s*\\* ?", " ")
                    .replaceAll("\\{@(?:code|link|linkplain)\\s+#?([^}]*)}", "`$1`")
                    .replaceAll("</?(p|ul|li|b|i)>", "")
                    .replaceAll("&lt;", "<")
                    .replaceAll("&gt;", ">")
                    .replaceAll("\\s+", " ")
                    .strip();
        }
    }
}
