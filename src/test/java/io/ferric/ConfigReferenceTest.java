package io.ferric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final Path YAML = Path.of("config/ferric.yaml");
    private static final Path PAGE = Path.of("docs/configuration.md");

    private final ConfigReference reference = new ConfigReference(FerricConfig.defaults());

    @BeforeAll
    static void regenerates_when_told_to() throws IOException {
        if (Boolean.getBoolean("ferric.regenerate")) {
            ConfigReference reference = new ConfigReference(FerricConfig.defaults());
            Files.writeString(YAML, reference.yaml());
            Files.writeString(PAGE, reference.markdown());
        }
    }

    @Test
    void the_sample_file_shows_every_key_with_its_default() throws IOException {
        assertThat(YAML).hasContent(reference.yaml());
        assertThat(FerricConfig.read(YAML)).isEqualTo(FerricConfig.defaults());
    }

    @Test
    void the_page_shows_every_key() {
        assertThat(PAGE).hasContent(reference.markdown());
    }

    @Test
    void every_key_is_explained() {
        assertThat(reference.keys())
                .allSatisfy(key -> assertThat(key.doc()).as(key.path()).isNotBlank());
    }
}
