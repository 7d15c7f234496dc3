package io.ferric.lab.ilo;

/** The answer to a RIBCL request: a sequence of XML documents, about one for each element opened or closed. */
final class RibclAnswer {
    private static final String ROOT = "<?xml version=\"1.0\"?>\r\n<RIBCL VERSION=\"2.23\">\r\n";

    private final StringBuilder documents = new StringBuilder();

    /** Adds a document that says no more than that all is well. */
    void ok() {
        result(0, "No error", "");
    }

    /** Adds the document that answers a command. */
    void ok(String payload) {
        result(0, "No error", payload);
    }

    /** Adds the document of a command that succeeded with something to say. */
    void note(String message) {
        result(0, message, "");
    }

    void fault(RibclFault fault) {
        result(fault.status(), fault.getMessage(), "");
    }

    void inform(String text) {
        documents.append("\r\n").append(ROOT).append("<INFORM>").append(text).append("</INFORM>\r\n</RIBCL>\r\n");
    }

    private void result(int status, String message, String payload) {
        documents
                .append(ROOT)
                .append("<RESPONSE\r\n    STATUS=\"0x%04X\"\r\n    MESSAGE='%s'\r\n     />\r\n"
                        .formatted(status, escape(message)))
                .append(payload)
                .append(payload.isEmpty() ? "" : "\n")
                .append("</RIBCL>\n");
    }

    /** Escapes what may not stand in an attribute, whichever quotes are around it. */
    static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&apos;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return documents.toString();
    }
}
