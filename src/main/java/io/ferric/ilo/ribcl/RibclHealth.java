package io.ferric.ilo.ribcl;

import static io.ferric.ilo.ribcl.RibclCommand.Block.SERVER_INFO;

import io.ferric.ilo.client.Health;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * The answer to GET_EMBEDDED_HEALTH: sections of entries, whose properties are elements with a VALUE. Source: HPE iLO 4
 * scripting guide; python-hpilo for what real iLOs write.
 *
 * @param data the element the sections stand in
 */
record RibclHealth(Element data) {
    private static final Pattern NUMBER = Pattern.compile("(-?\\d{1,12}(?:\\.\\d{1,6})?).*", Pattern.DOTALL);

    static RibclHealth read(String operation, RibclSession ilo) {
        String tag = "GET_EMBEDDED_HEALTH_DATA";
        return ilo.call(operation, RibclCommand.read(SERVER_INFO, "GET_EMBEDDED_HEALTH"))
                .find(tag)
                .map(RibclHealth::new)
                .orElseThrow(() -> ilo.lacking(operation, tag));
    }

    /** The entries of a section; of several with that name the entries of all. Names stand in the summary once more. */
    List<Element> section(String name) {
        return children(data, name).stream()
                .flatMap(section -> RibclReply.children(section).stream())
                .toList();
    }

    boolean has(String name) {
        return !children(data, name).isEmpty();
    }

    static List<Element> children(Element parent, String name) {
        return RibclReply.children(parent).stream()
                .filter(child -> child.getTagName().equalsIgnoreCase(name))
                .toList();
    }

    /** A property of an entry; empty when the iLO writes that there is none. */
    static Optional<String> value(Element entry, String property) {
        return children(entry, property).stream()
                .flatMap(each -> RibclReply.attribute(each, "VALUE").stream())
                .filter(text -> !text.isEmpty() && !text.equalsIgnoreCase("N/A"))
                .findFirst();
    }

    /** The number a text begins with. */
    static OptionalDouble number(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        return matcher.matches() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }

    static Health health(Element entry) {
        return value(entry, "STATUS").map(RibclHealth::health).orElse(Health.UNKNOWN);
    }

    static Health health(String status) {
        String word = status.toLowerCase(Locale.ROOT);
        if (word.equals("ok") || word.startsWith("good")) {
            return Health.OK;
        }
        if (word.contains("fail") || word.contains("critical") || word.contains("error")) {
            return Health.CRITICAL;
        }
        return word.contains("degraded") || word.contains("warning") || word.contains("caution")
                ? Health.WARNING
                : Health.UNKNOWN;
    }

    /** The worst of what the summary says. It names fans and power supplies twice, once with their redundancy only. */
    Health overall() {
        List<Health> parts = section("HEALTH_AT_A_GLANCE").stream()
                .flatMap(part -> RibclReply.attribute(part, "STATUS").stream())
                .map(RibclHealth::health)
                .toList();
        return List.of(Health.CRITICAL, Health.WARNING, Health.OK).stream()
                .filter(parts::contains)
                .findFirst()
                .orElse(Health.UNKNOWN);
    }
}
