package io.ferric.ilo.ribcl;

import static io.ferric.ilo.ribcl.ScriptedIlo.ok;
import static io.ferric.ilo.ribcl.ScriptedIlo.payload;
import static io.ferric.ilo.ribcl.ScriptedIlo.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.ferric.ilo.wire.BrokenAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RibclParserTest {
    private static final String PRODUCT = "<GET_PRODUCT_NAME>\r\n<PRODUCT_NAME VALUE =\"%s\"/>\r\n</GET_PRODUCT_NAME>";

    private static RibclReply parse(String text) throws IOException {
        return RibclParser.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String product(String answer) throws IOException {
        return parse(answer)
                .find("PRODUCT_NAME")
                .flatMap(each -> RibclReply.attribute(each, "VALUE"))
                .orElseThrow();
    }

    @Test
    void finds_the_payload_among_many_documents() throws Exception {
        String answer = ok() + ok() + "\r\n" + payload(PRODUCT.formatted("ProLiant DL380 Gen9")) + ok();
        assertThat(product(answer)).isEqualTo("ProLiant DL380 Gen9");
    }

    @Test
    void first_error_wins_over_the_no_errors_that_follow() {
        String answer = ok() + response(0x23, "no privilege", "") + response(0x2a, "another", "") + ok();
        assertThatThrownBy(() -> parse(answer))
                .hasMessage("no privilege")
                .asInstanceOf(type(RibclException.class))
                .returns(0x23, RibclException::status);
    }

    @Test
    void an_error_counts_even_when_what_follows_is_broken() {
        assertThatThrownBy(() -> parse(response(0x5f, "Login failed.", "") + "<?xml version=\"1.0\"?><RIB"))
                .isInstanceOf(RibclException.class);
    }

    @Test
    void keeps_notes_and_informs_apart_from_errors() throws Exception {
        RibclReply reply = parse(response(0, "Server being reset.", "")
                + "<?xml version=\"1.0\"?><RIBCL VERSION=\"2.23\"><INFORM>Scripting utility should be updated to the latest version.</INFORM></RIBCL>"
                + ok());
        assertThat(reply.notes()).containsExactly("Server being reset.");
        assertThat(reply.informs()).containsExactly("Scripting utility should be updated to the latest version.");
        assertThat(reply.payloads()).isEmpty();
    }

    @Test
    void takes_msg_for_message() {
        assertThatThrownBy(
                        () -> parse(
                                "<?xml version=\"1.0\"?><RIBCL VERSION=\"2.22\"><RESPONSE STATUS=\"0x0001\" MSG=\"Syntax error\"/></RIBCL>"))
                .hasMessage("Syntax error");
    }

    @Test
    void opens_a_root_that_closed_itself() throws Exception {
        String answer =
                "<?xml version=\"1.0\"?>\r\n<RIBCL VERSION=\"2.22\"/>\r\n<RESPONSE STATUS=\"0x0000\" MESSAGE='No error'/>\r\n"
                        + PRODUCT.formatted("ProLiant DL360 G5") + "\r\n</RIBCL>";
        assertThat(product(answer)).isEqualTo("ProLiant DL360 G5");
    }

    @Test
    void drops_control_bytes() throws Exception {
        assertThat(product(payload(PRODUCT.formatted("Pro\u0001Liant\u0000")))).isEqualTo("ProLiant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my \"best\" server", "a < b", "AT&T", "a \"b", "5\" disk", "x & \"y\" <z>", "&amp & co"})
    void mends_values_that_were_not_escaped(String name) throws Exception {
        assertThat(product(payload(PRODUCT.formatted(name)))).isEqualTo(name);
    }

    @Test
    void leaves_proper_escapes_alone() throws Exception {
        assertThat(product(payload(PRODUCT.formatted("a &quot;b&quot; &amp; c &#65; \" d"))))
                .isEqualTo("a \"b\" & c A \" d");
    }

    @Test
    void mends_an_apostrophe_in_a_message() throws Exception {
        RibclReply reply = parse(response(0, "The server's power is already ON.", ""));
        assertThat(reply.notes()).containsExactly("The server's power is already ON.");
    }

    @Test
    void reads_names_that_are_not_utf_8() throws Exception {
        assertThat(product(payload(PRODUCT.formatted("B\u00fcro \u00b0")))).isEqualTo("B\u00fcro \u00b0");
    }

    @Test
    void reads_names_in_utf_8() throws Exception {
        byte[] bytes = payload(PRODUCT.formatted("B\u00fcro")).getBytes(StandardCharsets.UTF_8);
        assertThat(RibclParser.parse(bytes).find("PRODUCT_NAME").flatMap(each -> RibclReply.attribute(each, "value")))
                .contains("B\u00fcro");
    }

    @Test
    void refuses_doctypes_and_the_entities_they_bring() {
        String bomb = "<?xml version=\"1.0\"?><!DOCTYPE RIBCL [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
                + "<RIBCL VERSION=\"2.0\"><RESPONSE STATUS=\"0x0000\" MESSAGE=\"&a;\"/></RIBCL>";
        assertThatThrownBy(() -> parse(bomb)).isInstanceOf(BrokenAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   \r\n",
                "not a word of RIBCL",
                "<?xml version=\"1.0\"?><HTML><BODY>Please log in</BODY></HTML>",
                "<?xml version=\"1.0\"?><RIBCL VERSION=\"2.0\"><RESPONSE STATUS=\"0x00",
                "<?xml version=\"1.0\"?><RIBCL VERSION=\"2.0\"><RESPONSE STATUS=\"none\" MESSAGE=\"x\"/></RIBCL>",
                "<?xml version=\"1.0\"?><RIBCL VERSION=\"2.0\"></RIBCL>",
                "\u0000\u0017]]>>< not a word &&& \u00ff\u00fe"
            })
    void calls_garbage_garbage(String answer) {
        assertThatThrownBy(() -> parse(answer)).isInstanceOf(BrokenAnswer.class);
    }

    @Test
    void refuses_a_tree_that_is_too_deep() {
        String deep = "<A>".repeat(10_000) + "</A>".repeat(10_000);
        assertThatThrownBy(() -> parse(payload(deep))).isInstanceOf(BrokenAnswer.class);
    }

    @Test
    void every_quirk_has_its_row_in_the_table_of_all_quirks() {
        assertThat(RibclQuirk.values())
                .allSatisfy(quirk -> assertThat(quirk.row().name()).isEqualTo(quirk.name()));
    }
}
