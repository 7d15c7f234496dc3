package io.ferric.lab.ilo;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element of a RIBCL request as it was read.
 *
 * @param attributes by upper-case name; the values as they stand between the quotes, entities and all
 */
record RibclElement(String name, Map<String, String> attributes, List<RibclElement> children) {

    /** The attribute's value with its entities resolved; a bare {@code &} stays what it is. */
    Optional<String> attribute(String attribute) {
        return raw(attribute).map(RibclElement::unescape);
    }

    /** The attribute's value with nothing resolved, as older firmware takes passwords. */
    Optional<String> raw(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    Optional<RibclElement> child(String childName) {
        return children.stream().filter(c -> c.name().equals(childName)).findFirst();
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    /** Leaves the values out: one of them is a password. */
    @Override
    public String toString() {
        return "<" + name + " " + attributes.keySet() + "> " + children;
    }
}
