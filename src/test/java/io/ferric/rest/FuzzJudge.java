package io.ferric.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Keeps what was wrong with answers: one example of each kind. */
final class FuzzJudge {
    /** Answers of HTTP itself to a verb or a version it does not know. */
    private static final Set<Integer> REFUSED_BY_HTTP = Set.of(501, 505);

    private static final List<String> INSIDE =
            List.of("\tat ", "java.lang.", "Exception:", "io.ferric.", "org.h2.", "SELECT ", "<html");

    private final List<String> secrets;
    private final Consumer<String> found;
    private final Map<String, String> faults = new TreeMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    /** @param found hears of each kind of fault when it is first seen */
    FuzzJudge(List<String> secrets, Consumer<String> found) {
        this.secrets = secrets;
        this.found = found;
    }

    /** What was wrong, by kind; empty when nothing was. */
    Map<String, String> faults() {
        return faults;
    }

    /** How many answers had which status. */
    Map<Integer, Integer> statuses() {
        return statuses;
    }

    /**
     * @param request for the record
     * @param answer the whole of it, with its head
     */
    void judge(String request, String answer) {
        statuses.merge(status(answer), 1, Integer::sum);
        wrong(request, answer).ifPresent(why -> keep(why, request, answer));
    }

    /** As {@link #judge}; the request had one thing wrong, which the answer must name. */
    void judgeNaming(String wrong, String request, String answer) {
        judge(request, answer);
        int status = status(answer);
        if (status >= 200 && status < 300) {
            keep("took " + wrong, request, answer);
        } else if (status == 400 && !sentence(text(answer)).orElse("").contains(wrong)) {
            keep("does not name " + wrong, request, answer);
        }
    }

    private Optional<String> wrong(String request, String answer) {
        if (!answer.startsWith("HTTP/1.1 ")) {
            return Optional.of("no answer");
        }
        int status = status(answer);
        String text = text(answer);
        if (status >= 500 && !REFUSED_BY_HTTP.contains(status)) {
            return Optional.of("status " + status);
        }
        if (status >= 400 && !request.startsWith("HEAD") && sentence(text).isEmpty()) {
            return Optional.of("status " + status + " is not in Ironic's shape");
        }
        if (status >= 400 && INSIDE.stream().anyMatch(text::contains)) {
            return Optional.of("shows its inside");
        }
        return secrets.stream().filter(answer::contains).findFirst().map(secret -> "shows the secret " + secret);
    }

    private static int status(String answer) {
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    private static String text(String answer) {
        int head = answer.indexOf("\r\n\r\n");
        return head < 0 ? "" : answer.substring(head + 4);
    }

    /** What the error says, when it has Ironic's shape. */
    private static Optional<String> sentence(String body) {
        try {
            JsonNode inner = Served.JSON.readTree(
                    Served.JSON.readTree(body).path("error_message").asText());
            return Optional.of(inner.path("faultstring").asText())
                    .filter(said -> !said.isBlank() && inner.hasNonNull("faultcode"));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private void keep(String why, String request, String answer) {
        String kind = request.replaceAll("\\?.*", "").replaceAll("[0-9a-f-]{36}", "<uuid>");
        String example = shortened(request, 600) + " -> " + shortened(text(answer), 400);
        if (faults.putIfAbsent(why + " " + shortened(kind, 120), example) == null) {
            found.accept(why + ": " + example);
        }
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
