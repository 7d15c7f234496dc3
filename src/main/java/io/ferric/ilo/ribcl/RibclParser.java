package io.ferric.ilo.ribcl;

import io.ferric.ilo.wire.BrokenAnswer;
import io.ferric.ilo.wire.Words;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads the answer to a RIBCL call: a row of small XML documents, about one for every element opened and closed. The
 * first error among them is the outcome, for those that follow a failed command say "No error" again. Entities and
 * DTDs are refused. For one answer at a time; has no state.
 */
final class RibclParser {
    private static final Pattern PROLOG = Pattern.compile("(?=<\\?xml\\s)");
    private static final int DEPTH_LIMIT = 64;

    private RibclParser() {}

    /**
     * @throws RibclException for the first error the iLO reports
     * @throws BrokenAnswer when it is no RIBCL
     */
    static RibclReply parse(byte[] body) throws IOException {
        String text = decode(body);
        DocumentBuilder builder = builder();
        Collector collector = new Collector();
        for (String piece : PROLOG.split(text)) {
            if (!piece.isBlank()) {
                collector.take(root(piece.strip(), builder));
            }
            if (collector.firstError != null) {
                throw collector.firstError;
            }
        }
        return collector.result(text);
    }

    /** UTF-8 if it is that; old firmware writes ISO 8859-1 in names. */
    private static String decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    private static Element root(String piece, DocumentBuilder builder) throws IOException {
        try {
            return element(RibclQuirk.mend(piece, false), builder);
        } catch (SAXException first) {
            try {
                return element(RibclQuirk.mend(piece, true), builder);
            } catch (SAXException second) {
                throw new BrokenAnswer("no RIBCL but '" + Words.shown(piece) + "'");
            }
        }
    }

    private static Element element(String document, DocumentBuilder builder) throws SAXException, IOException {
        Element root =
                builder.parse(new InputSource(new StringReader(document))).getDocumentElement();
        checkDepth(root, 0);
        return root;
    }

    /** Nothing of RIBCL nests deeply, and what walks the tree later does so by recursion. */
    private static void checkDepth(Element element, int depth) throws IOException {
        if (depth > DEPTH_LIMIT) {
            throw new BrokenAnswer("XML nested deeper than " + DEPTH_LIMIT);
        }
        for (Element child : RibclReply.children(element)) {
            checkDepth(child, depth + 1);
        }
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java's XML parser cannot be made safe", e);
        }
    }

    /** The JDK's own handler writes to stderr. */
    private static final class Silent extends DefaultHandler {
        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    /** Gathers from one document after the other. */
    private static final class Collector {
        private final List<Element> payloads = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<String> informs = new ArrayList<>();
        private RibclException firstError;
        private boolean responded;

        void take(Element root) throws IOException {
            if (!root.getTagName().equalsIgnoreCase("RIBCL")) {
                throw new BrokenAnswer("no RIBCL but an XML document <" + Words.shown(root.getTagName()) + ">");
            }
            for (Element child : RibclReply.children(root)) {
                switch (child.getTagName()) {
                    case "INFORM" -> informs.add(Words.shown(child.getTextContent()));
                    case "RESPONSE" -> response(child);
                    default -> payloads.add(child);
                }
            }
        }

        private void response(Element response) throws IOException {
            responded = true;
            int status = status(RibclReply.attribute(response, "STATUS").orElse(""));
            // the manual writes MSG in places, the wire has MESSAGE
            String message = RibclReply.attribute(response, "MESSAGE")
                    .or(() -> RibclReply.attribute(response, "MSG"))
                    .orElse("");
            if (status != 0 && firstError == null) {
                firstError = new RibclException(status, message);
            } else if (status == 0 && !message.isEmpty() && !message.equalsIgnoreCase("No error")) {
                notes.add(message);
            }
        }

        private static int status(String text) throws IOException {
            try {
                return Integer.decode(text);
            } catch (NumberFormatException e) {
                throw new BrokenAnswer("a RIBCL status of '" + Words.shown(text) + "'");
            }
        }

        RibclReply result(String text) throws IOException {
            if (!responded && payloads.isEmpty()) {
                throw new BrokenAnswer("no RIBCL but '" + Words.shown(text) + "'");
            }
            return new RibclReply(payloads, notes, informs);
        }
    }
}
