package io.ferric.cli.imports;

import io.ferric.cli.terminal.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of {@code export OS_...=...} as OpenStack's dashboards hand it out; nothing in it is run. */
final class Openrc {
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([A-Z][A-Z0-9_]*)=(.*)");

    private Openrc() {}

    static Map<String, String> read(Path file) throws IOException {
        Map<String, String> variables = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                variables.put(matcher.group(1), value(matcher.group(2).strip()));
            } else if (!line.isBlank()
                    && !line.strip().startsWith("#")
                    && !line.strip().startsWith("unset ")) {
                throw new UsageException(file + ", line " + number + ": only export NAME=VALUE is understood");
            }
        }
        return variables;
    }

    private static String value(String text) {
        boolean quoted = text.length() > 1
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
