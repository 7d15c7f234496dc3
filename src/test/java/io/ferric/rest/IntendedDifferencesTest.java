package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

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
    void are_the_list_of_the_page() throws IOException {
        List<String> wanted = new ArrayList<>();
        new YAMLMapper()
                .readTree(Path.of("src/it/api/intended.yaml").toFile())
                .fieldNames()
                .forEachRemaining(reason -> wanted.add("* " + reason));
        assertThat(wanted).isNotEmpty();
        assertThat(Files.readString(Path.of("docs/from-ironic.md"))).contains(String.join("\n", wanted));
    }
}
