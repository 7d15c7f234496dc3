package io.ferric.ilo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/quirks.md} as the table is. */
class QuirkPageTest {
    private static final Path PAGE = Path.of("docs/quirks.md");

    @BeforeAll
    static void regenerates_when_told_to() throws IOException {
        if (Boolean.getBoolean("ferric.regenerate")) {
            Files.writeString(PAGE, page());
        }
    }

    @Test
    void the_page_shows_every_quirk() {
        assertThat(PAGE).hasContent(page());
    }

    private static String page() {
        return """
                # Quirks of iLOs

                Where iLOs differ from what their protocol says, or from each other, and what Ferric does about it. Each row is a
                constant of [Quirk](../src/main/java/io/ferric/ilo/client/Quirk.java); the code that cures it names the constant.

                "Any" means that the cure waits for the symptom, whatever iLO shows it. Where the firmware or the model is not
                known, a row that asks for it does not apply.

                This page is generated; `mvn test -Dtest=QuirkPageTest -Dferric.regenerate=true` writes it anew.

                | quirk | applies to | what it does, and what is done about it | seen on | reference |
                |---|---|---|---|---|
                """ + Arrays.stream(Quirk.values()).map(QuirkPageTest::row).collect(Collectors.joining());
    }

    private static String row(Quirk quirk) {
        return String.format(
                "| `%s` | %s | %s | %s | %s |%n",
                quirk.name(),
                quirk.appliesTo(),
                quirk.what().replace("|", "\\|").replace("<", "&lt;"),
                quirk.seenOn(),
                quirk.reference());
    }
}
