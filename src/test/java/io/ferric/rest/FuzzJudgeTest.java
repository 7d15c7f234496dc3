package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fuzzer is worth what its judge sees. */
class FuzzJudgeTest {
    private static final String REFUSAL =
            "HTTP/1.1 400 Bad Request\r\n\r\n{\"error_message\": \"{\\\"faultstring\\\": \\\"owner is no text\\\", \\\"faultcode\\\": \\\"Client\\\"}\"}";

    private final FuzzJudge judge = new FuzzJudge(List.of("hidden"), found -> {});

    @Test
    void lets_a_refusal_that_names_the_field_pass() {
        judge.judge("GET /v1/nodes", REFUSAL);
        judge.judgeNaming("owner", "GET /v1/nodes", REFUSAL);

        assertThat(judge.faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 500 x',                                           status 500",
        "'HTTP/1.1 503 x',                                           status 503",
        "'HTTP/1.1 400 x\r\n\r\nbad',                                shape",
        "'HTTP/1.1 404 x\r\n\r\n{\"error_message\": \"nothing\"}',   shape",
        "'HTTP/1.1 200 x\r\n\r\n{\"a\": \"hidden\"}',                secret",
        "'',                                                         no answer",
    })
    void finds(String answer, String why) {
        judge.judge("GET /v1/nodes", answer == null ? "" : answer);

        assertThat(judge.faults().keySet()).singleElement().asString().contains(why);
    }

    @Test
    void finds_a_stack_trace_a_field_not_named_and_one_that_was_taken() {
        judge.judge("GET /v1/a", REFUSAL.replace("owner is", "java.lang.NullPointerException"));
        judge.judgeNaming("lessee", "GET /v1/b", REFUSAL);
        judge.judgeNaming("lessee", "GET /v1/c", "HTTP/1.1 200 OK\r\n\r\n{}");

        assertThat(judge.faults().keySet())
                .containsExactly(
                        "does not name lessee GET /v1/b", "shows its inside GET /v1/a", "took lessee GET /v1/c");
    }
}
