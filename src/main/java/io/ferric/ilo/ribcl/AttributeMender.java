package io.ferric.ilo.ribcl;

import java.util.regex.Pattern;

/**
 * Escapes what stands unescaped in attribute values. A quote ends a value only where the tag goes on as a tag does:
 * with another attribute or its end. One pass; time grows with the length of the text. For one text.
 */
final class AttributeMender {
    private static final Pattern ENTITY = Pattern.compile("(#\\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);");

    private final String text;
    private final StringBuilder out;
    private int at;

    private AttributeMender(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length() + 32);
    }

    static String mend(String text) {
        return new AttributeMender(text).run();
    }

    private String run() {
        boolean inTag = false;
        while (at < text.length()) {
            char each = text.charAt(at++);
            out.append(each);
            if (inTag && (each == '"' || each == '\'')) {
                value(each);
            } else if (each == '<' || each == '>') {
                inTag = each == '<';
            }
        }
        return out.toString();
    }

    /** Copies up to and with the quote that ends the value; all of the rest when none does. */
    private void value(char quote) {
        while (at < text.length()) {
            char each = text.charAt(at++);
            if (each == quote && endsHere()) {
                out.append(each);
                return;
            }
            out.append(escaped(each));
        }
    }

    private String escaped(char each) {
        return switch (each) {
            case '"' -> "&quot;";
            case '\'' -> "&apos;";
            case '<' -> "&lt;";
            case '&' -> ENTITY.matcher(text).region(at, text.length()).lookingAt() ? "&" : "&amp;";
            default -> String.valueOf(each);
        };
    }

    private boolean endsHere() {
        int next = skipBlanks(at);
        if (next == text.length()
                || text.startsWith(">", next)
                || text.startsWith("/>", next)
                || text.startsWith("?>", next)) {
            return true;
        }
        int name = next;
        while (name < text.length() && isNamePart(text.charAt(name))) {
            name++;
        }
        return name > next && text.startsWith("=", skipBlanks(name));
    }

    private int skipBlanks(int from) {
        int next = from;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next;
    }

    private static boolean isNamePart(char each) {
        return Character.isLetterOrDigit(each) || each == '_' || each == '-' || each == ':' || each == '.';
    }
}
