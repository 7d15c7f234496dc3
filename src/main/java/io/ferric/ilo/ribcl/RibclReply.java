package io.ferric.ilo.ribcl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * What came with an answer that reports no error.
 *
 * @param payloads the elements beside the RESPONSEs, in order
 * @param notes messages of success other than "No error", such as "Server being reset."
 * @param informs remarks of the iLO that have no bearing on the result
 */
record RibclReply(List<Element> payloads, List<String> notes, List<String> informs) {
    RibclReply {
        payloads = List.copyOf(payloads);
        notes = List.copyOf(notes);
        informs = List.copyOf(informs);
    }

    /** The first element of this name at any depth, outermost first; names are compared without case. */
    Optional<Element> find(String name) {
        return payloads.stream()
                .flatMap(RibclReply::withDescendants)
                .filter(named(name))
                .findFirst();
    }

    /** Every element of this name at any depth, in order. */
    List<Element> findAll(String name) {
        return payloads.stream()
                .flatMap(RibclReply::withDescendants)
                .filter(named(name))
                .toList();
    }

    /** An attribute of an element, its name compared without case, blanks at its ends taken off. */
    static Optional<String> attribute(Element element, String name) {
        NamedNodeMap attributes = element.getAttributes();
        return IntStream.range(0, attributes.getLength())
                .mapToObj(attributes::item)
                .filter(each -> each.getNodeName().equalsIgnoreCase(name))
                .map(each -> each.getNodeValue().strip())
                .findFirst();
    }

    static List<Element> children(Element parent) {
        List<Element> all = new ArrayList<>();
        for (Node each = parent.getFirstChild(); each != null; each = each.getNextSibling()) {
            if (each instanceof Element element) {
                all.add(element);
            }
        }
        return all;
    }

    private static java.util.function.Predicate<Element> named(String name) {
        return element -> element.getTagName().equalsIgnoreCase(name);
    }

    private static Stream<Element> withDescendants(Element element) {
        return Stream.concat(Stream.of(element), children(element).stream().flatMap(RibclReply::withDescendants));
    }
}
