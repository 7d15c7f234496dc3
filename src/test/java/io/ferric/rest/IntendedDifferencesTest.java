package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the page for those who come from Ironic tells what the comparison of answers lets pass. */
class IntendedDifferencesTest {
    @Test
    void are_the_table_of_the_page() throws IOException {
        List<String> wanted = new ArrayList<>();
        for (JsonNode each :
                new YAMLMapper().readTree(Path.of("src/it/api/intended.yaml").toFile())) {
            wanted.add("| `%s` | `%s` | %s |"
                    .formatted(
                            each.path("request").asText("*"),
                            each.path("place").asText(),
                            each.path("reason").asText()));
        }
        List<String> told = Files.readAllLines(Path.of("docs/from-ironic.md"));
        int head = told.indexOf("| request | what of the answer | why |");
        assertThat(head).isPositive();
        List<String> rows = told.subList(head + 2, told.size());
        assertThat(rows.stream().takeWhile(line -> line.startsWith("|"))).containsExactlyElementsOf(wanted);
    }
}
