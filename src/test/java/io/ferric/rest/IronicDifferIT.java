package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.Ferric;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real Ironic and Ferric are told the same stories, at the same microversions, and answer alike but for what is
 * intended: {@code src/it/api/differ.py}.
 */
class IronicDifferIT {
    @TempDir
    Path folder;

    @Test
    void answers_as_ironic_does() throws Exception {
        try (RealIronic ironic = RealIronic.start();
                Ferric ferric = ApiScripts.serve(folder, "rest:\n  port: 0\n")) {
            String said = ApiScripts.python(
                    Map.of(),
                    "differ.py",
                    ironic.uri().toString(),
                    ferric.restUri().toString());
            assertThat(said).containsPattern("[0-9]{3,4} requests, 0 differences");
        }
    }
}
