package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RibclAnswer.escape;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pieces of RIBCL payloads. */
final class RibclXml {
    private RibclXml() {}

    /** {@code <NAME VALUE = "value"/>}. */
    static String value(String name, Object value) {
        return "<" + name + " VALUE = \"" + escape(value.toString()) + "\"/>\r\n";
    }

    static String value(String name, Object value, String unit) {
        return "<" + name + " VALUE = \"" + escape(value.toString()) + "\" UNIT=\"" + unit + "\"/>\r\n";
    }

    /** An element around others. */
    static String element(String name, String... inner) {
        return "<" + name + ">\r\n" + String.join("", inner) + "</" + name + ">\r\n";
    }

    /** An empty element with attributes: names and values in turn. */
    static String flat(String name, String... attributes) {
        StringBuilder element = new StringBuilder("<" + name);
        for (int i = 0; i < attributes.length; i += 2) {
            element.append("\r\n    ")
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1]))
                    .append('"');
        }
        return element.append("\r\n/>\r\n").toString();
    }

    static String join(Stream<String> pieces) {
        return pieces.collect(Collectors.joining());
    }
}
