package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.BrokenAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an iLO says about a call, in every shape firmware uses: below {@code error}, at the top, in the {@code Messages} of
 * iLO 4, as an array or alone, with {@code MessageId} or {@code MessageID}. Source: DSP0266 section 8.6, HPE iLO 4
 * RESTful API guide.
 */
record ExtendedInfo(List<Message> messages) {
    /** Nothing was said. */
    static final ExtendedInfo NONE = new ExtendedInfo(List.of());

    private static final String INFO = "@Message.ExtendedInfo";
    private static final int SHOWN = 3;

    /**
     * @param id the last part of {@code iLO.2.8.InvalidOperationForSystemState}; registry and version vary
     * @param text empty when there is none
     * @param args what the text is about, such as property names
     * @param related properties it is about, as JSON pointers
     */
    record Message(String id, String text, List<String> args, List<String> related) {
        /** Whether it is about this property. */
        boolean mentions(String property) {
            return Stream.concat(Stream.of(text), Stream.concat(args.stream(), related.stream()))
                    .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(property.toLowerCase(Locale.ROOT)));
        }

        @Override
        public String toString() {
            String more = text.isEmpty() ? String.join(", ", args) : text;
            return more.isEmpty() ? id : id + " " + more;
        }
    }

    /** What can be read of it; a body that is no JSON says nothing. */
    static ExtendedInfo of(byte[] body) {
        try {
            return of(Json.parse(body));
        } catch (BrokenAnswer e) {
            return NONE;
        }
    }

    static ExtendedInfo of(Json json) {
        Json error = json.at("error");
        List<Message> all = Stream.of(
                        error.items(INFO), error.items("Messages"), json.items(INFO), json.items("Messages"))
                .flatMap(List::stream)
                .flatMap(each -> message(each).stream())
                .toList();
        return new ExtendedInfo(all.isEmpty() ? summary(error).stream().toList() : all);
    }

    private static Optional<Message> message(Json json) {
        return json.text("MessageId")
                // Quirk.OLD_MESSAGE_ID
                .or(() -> json.text("MessageID"))
                .map(id -> new Message(
                        lastPart(id),
                        json.text("Message").orElse(""),
                        json.texts("MessageArgs"),
                        json.texts("RelatedProperties")));
    }

    private static Optional<Message> summary(Json error) {
        return error.text("code")
                .map(code -> new Message(lastPart(code), error.text("message").orElse(""), List.of(), List.of()));
    }

    private static String lastPart(String id) {
        return id.substring(id.lastIndexOf('.') + 1);
    }

    boolean mentions(String property) {
        return messages.stream().anyMatch(each -> each.mentions(property));
    }

    /** The first messages on one line. */
    @Override
    public String toString() {
        return String.join(
                "; ", messages.stream().limit(SHOWN).map(Message::toString).toList());
    }
}
