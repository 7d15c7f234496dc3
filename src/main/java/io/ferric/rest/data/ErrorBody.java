package io.ferric.rest.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The body of every answer that is not a success. As in Ironic the one value is a <em>text</em> that holds JSON again;
 * some clients expect that.
 */
public record ErrorBody(String errorMessage) {
    /**
     * What the text holds.
     *
     * @param faultcode {@code Client} or {@code Server}
     * @param faultstring what went wrong and what to do, in plain words
     * @param debuginfo always empty: no internals leave the server
     */
    public record Fault(Optional<String> debuginfo, String faultcode, String faultstring) {}

    /** The body that says this. */
    public static ErrorBody of(int status, String message, ObjectMapper json) {
        try {
            Fault fault = new Fault(Optional.empty(), status < 500 ? "Client" : "Server", message);
            return new ErrorBody(json.writeValueAsString(fault));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sentence for the operator in an error answer; the answer itself when it is no such body. */
    public static String sentence(String answer, ObjectMapper json) {
        try {
            JsonNode message = json.readTree(answer).path("error_message");
            JsonNode fault = message.isTextual() ? json.readTree(message.textValue()) : message;
            return fault.path("faultstring").asText(answer);
        } catch (JsonProcessingException e) {
            return answer;
        }
    }
}
