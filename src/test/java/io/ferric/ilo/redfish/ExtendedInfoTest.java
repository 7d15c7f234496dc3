package io.ferric.ilo.redfish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendedInfoTest {
    private static ExtendedInfo read(String json) {
        return ExtendedInfo.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'error':{'@Message.ExtendedInfo':[{'MessageId':'iLO.2.8.InvalidOperationForSystemState'}]}}",
                "{'error':{'@Message.ExtendedInfo':{'MessageId':'iLO.2.8.InvalidOperationForSystemState'}}}",
                "{'@Message.ExtendedInfo':[{'MessageId':'InvalidOperationForSystemState'}]}",
                "{'Type':'ExtendedError.1.0.0','Messages':[{'MessageID':'iLO.0.10.InvalidOperationForSystemState'}]}",
                "{'error':{'Messages':[{'MessageID':'iLO.0.9.InvalidOperationForSystemState'}]}}",
                "{'error':{'code':'iLO.0.9.InvalidOperationForSystemState','message':'no'}}"
            })
    void reads_every_shape(String json) {
        assertThat(RedfishTrouble.of(400, read(json))).isEqualTo(RedfishTrouble.WRONG_STATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "[]", "{'error':7}", "{'error':{'@Message.ExtendedInfo':[7,null,{}]}}"})
    void nothing_said_is_no_trouble(String json) {
        assertThat(read(json).messages()).isEmpty();
    }

    @Test
    void shows_the_text_or_what_it_is_about() {
        assertThat(
                        read(
                                "{'@Message.ExtendedInfo':[{'MessageId':'a.A','Message':'told','MessageArgs':['x']},{'MessageId':'B','MessageArgs':['y']},{'MessageId':'C'}]}"))
                .hasToString("A told; B y; C");
    }

    @ParameterizedTest
    @CsvSource({
        "401,SESSION_LOST",
        "403,PRIVILEGE",
        "404,NO_SUCH_RESOURCE",
        "405,NOT_OFFERED",
        "412,CHANGED_MEANWHILE",
        "500,BROKEN",
        "503,BUSY",
        "400,OTHER",
        "418,OTHER"
    })
    void without_words_the_status_counts(int status, RedfishTrouble trouble) {
        assertThat(RedfishTrouble.of(status, ExtendedInfo.NONE)).isEqualTo(trouble);
    }

    @Test
    void no_message_is_in_two_rows_and_each_is_understood() {
        Set<String> seen = new HashSet<>();
        for (RedfishTrouble row : RedfishTrouble.values()) {
            assertThat(row.meaning()).isNotBlank();
            for (String id : row.messageIds()) {
                assertThat(seen.add(id)).as(id).isTrue();
                assertThat(RedfishTrouble.of(
                                400, read("{'error':{'@Message.ExtendedInfo':[{'MessageId':'iLO.9." + id + "'}]}}")))
                        .isEqualTo(row);
            }
        }
    }
}
