package io.ferric.lab.ilo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a RIBCL request: no DTDs, no entities of one's own, no text between the elements, every element closed. Tags
 * may be broken over lines anywhere, and a raw {@code &} or {@code <} between quotes is taken as it stands, because
 * clients send passwords so (ilo-protocols a.1).
 */
final class RibclReader {
    private static final int MAX_DEPTH = 16;

    private final String text;
    private int at;
    private boolean standardEntities;

    private RibclReader(String text) {
        this.text = text;
    }

    /** A request: its root and whether it asked for standard entity handling. */
    record Request(RibclElement root, boolean standardEntities) {}

    static Request read(String document) throws RibclFault {
        RibclReader reader = new RibclReader(document);
        reader.skipBetween();
        RibclElement root = reader.element(0);
        reader.skipBetween();
        if (reader.at < document.length()) {
            throw reader.fault();
        }
        return new Request(root, reader.standardEntities);
    }

    private RibclElement element(int depth) throws RibclFault {
        expect("<");
        if (depth > MAX_DEPTH) {
            throw fault();
        }
        String name = name();
        Map<String, String> attributes = attributes();
        List<RibclElement> children = new ArrayList<>();
        if (!take("/>")) {
            expect(">");
            skipBetween();
            while (!take("</")) {
                children.add(element(depth + 1));
                skipBetween();
            }
            expect(name);
            skipBlanks();
            expect(">");
        }
        return new RibclElement(name, attributes, List.copyOf(children));
    }

    private Map<String, String> attributes() throws RibclFault {
        Map<String, String> attributes = new LinkedHashMap<>();
        skipBlanks();
        while (at < text.length() && isNamePart(text.charAt(at))) {
            String name = name().toUpperCase(Locale.ROOT);
            skipBlanks();
            expect("=");
            skipBlanks();
            if (attributes.put(name, quoted()) != null) {
                throw fault();
            }
            skipBlanks();
        }
        return attributes;
    }

    private String quoted() throws RibclFault {
        String quote = take("\"") ? "\"" : "'";
        if (quote.equals("'")) {
            expect("'");
        }
        int end = text.indexOf(quote, at);
        if (end < 0) {
            throw fault();
        }
        String value = text.substring(at, end);
        at = end + 1;
        return value;
    }

    private String name() throws RibclFault {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw fault();
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** Skips what may stand between elements: blanks, comments and processing instructions. */
    private void skipBetween() throws RibclFault {
        skipBlanks();
        while (text.startsWith("<?", at) || text.startsWith("<!--", at)) {
            String end = text.startsWith("<?", at) ? "?>" : "-->";
            int stop = text.indexOf(end, at);
            if (stop < 0) {
                throw fault();
            }
            String instruction = text.substring(at, stop);
            standardEntities |=
                    instruction.startsWith("<?ilo ") && instruction.contains("entity-processing=\"standard\"");
            at = stop + end.length();
            skipBlanks();
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(String token) {
        boolean there = text.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }

    private void expect(String token) throws RibclFault {
        if (!take(token)) {
            throw fault();
        }
    }

    /** The line is left out of the message: it may be the one with the password. */
    private RibclFault fault() {
        int line = (int) text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return RibclFault.syntax(line, at < text.length() ? text.substring(at, at + 1) : "", "");
    }
}
