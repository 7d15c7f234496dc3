package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.Ferric;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Ironic is asked what {@code src/it/api/stories.txt} asks, and so is Ferric, to compare the answers. */
class IronicDifferIT {
    @TempDir
    Path folder;

    @Test
    void answers_as_the_real_ironic_does() throws Exception {
        try (RealIronic ironic = RealIronic.start();
                Ferric ferric = ApiScripts.serve(folder, "rest:\n  port: 0\n")) {
            String said = ApiScripts.python(
                    Map.of(),
                    "differ.py",
                    ironic.uri().toString(),
                    ferric.restUri().toString());
            assertThat(said).contains(" requests, 0 differences");
        }
    }
}
