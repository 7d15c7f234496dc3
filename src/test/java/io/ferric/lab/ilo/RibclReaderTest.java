package io.ferric.lab.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RibclReaderTest {
    @Test
    void reads_elements_attributes_and_instructions() throws Exception {
        RibclReader.Request request = RibclReader.read("<?xml version=\"1.0\"?>\r\n"
                + "<?ilo entity-processing=\"standard\"?>\r\n<!-- hello -->\r\n<RIBCL\r\nversion\r\n=\r\n'2.0'>\r\n"
                + "<LOGIN PASSWORD=\"a&b\"/></RIBCL >\r\n");
        assertThat(request.standardEntities()).isTrue();
        assertThat(request.root().attribute("VERSION")).contains("2.0");
        assertThat(request.root().child("LOGIN").orElseThrow().attribute("PASSWORD"))
                .contains("a&b");
    }

    @Test
    void keeps_the_raw_value_beside_the_unescaped_one() throws Exception {
        RibclElement root = RibclReader.read("<X A='&lt;&amp;lt;&quot;'/>").root();
        assertThat(root.raw("A")).contains("&lt;&amp;lt;&quot;");
        assertThat(root.attribute("A")).contains("<&lt;\"");
    }

    @Test
    void shows_no_values() throws Exception {
        assertThat(RibclReader.read("<LOGIN PASSWORD=\"hush\"/>").root().toString())
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<",
                "text",
                "<A>",
                "<A></B>",
                "<A/><B/>",
                "<A>text</A>",
                "<A B/>",
                "<A B=c/>",
                "<A B=\"c/>",
                "<A B='1' b='2'/>",
                "<!DOCTYPE a><A/>",
                "<![CDATA[x]]>",
                "<A><!-- </A>",
                "< A/>",
                "<A/>&"
            })
    void refuses_what_is_not_well_formed(String request) {
        assertThatThrownBy(() -> RibclReader.read(request))
                .isInstanceOf(RibclFault.class)
                .hasMessageContaining("yntax error");
    }

    @Test
    void refuses_endless_nesting() {
        assertThatThrownBy(() -> RibclReader.read("<A>".repeat(100_000))).isInstanceOf(RibclFault.class);
    }

    @Test
    void counts_lines_without_quoting_them() {
        assertThatThrownBy(() -> RibclReader.read("<A>\r\n<LOGIN PASSWORD=\"hush\"\r\n/>\r\nx</A>"))
                .hasMessageContaining("Line #4")
                .hasMessageNotContaining("hush");
    }
}
