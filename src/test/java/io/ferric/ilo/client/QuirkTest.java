package io.ferric.ilo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class QuirkTest {
    private static final Identity G6 = ilo(Generation.ILO2, "2.33", "ProLiant DL360 G6");
    private static final Identity G7 = ilo(Generation.ILO3, "1.82", "ProLiant BL460c G7");
    private static final Identity OLD_GEN8 = ilo(Generation.ILO4, "1.40", "ProLiant DL380p Gen8");
    private static final Identity GEN8 = ilo(Generation.ILO4, "2.30", "ProLiant DL380p Gen8");
    private static final Identity DL580_GEN8 = ilo(Generation.ILO4, "2.78", "ProLiant DL580 Gen8");
    private static final Identity GEN9 = ilo(Generation.ILO4, "2.53", "ProLiant DL360 Gen9");
    private static final Identity BLADE = ilo(Generation.ILO4, "2.54", "ProLiant BL460c Gen9");
    private static final Identity EARLY_GEN10 = ilo(Generation.ILO5, "1.15", "ProLiant DL360 Gen10");
    private static final Identity GEN10 = ilo(Generation.ILO5, "2.63", "ProLiant DL360 Gen10");
    private static final Identity EARLY_GEN11 = ilo(Generation.ILO6, "1.56", "ProLiant DL380 Gen11");
    private static final Identity GEN11 = ilo(Generation.ILO6, "1.57", "ProLiant DL380 Gen11");
    private static final Identity GEN12 = ilo(Generation.ILO7, "1.12.00", "ProLiant DL380 Gen12");
    private static final Identity ILO4_UNTOLD = new Identity(Generation.ILO4, "", Optional.empty());
    private static final List<Identity> EVERYONE = List.of(
            G6,
            G7,
            OLD_GEN8,
            GEN8,
            DL580_GEN8,
            GEN9,
            BLADE,
            EARLY_GEN10,
            GEN10,
            EARLY_GEN11,
            GEN11,
            GEN12,
            ILO4_UNTOLD,
            Identity.UNKNOWN);
    private static final Identity[] ILO4S = {OLD_GEN8, GEN8, DL580_GEN8, GEN9, BLADE, ILO4_UNTOLD};
    private static final Identity[] ALL = EVERYONE.toArray(Identity[]::new);

    static Stream<Arguments> rows() {
        return Stream.of(
                row(Quirk.NO_REDFISH, G6, G7, OLD_GEN8),
                row(Quirk.NO_RIBCL, EARLY_GEN11, GEN11, GEN12),
                row(Quirk.RAW_RIBCL, G6),
                row(Quirk.AUTHENTICATION_BYPASS, OLD_GEN8, GEN8, GEN9),
                row(Quirk.EARLY_ILO5, EARLY_GEN10),
                row(Quirk.EARLY_ILO6, EARLY_GEN11),
                row(Quirk.ODATA_VERSION_HEADER, ILO4S),
                row(Quirk.GZIP_REGARDLESS, ILO4S),
                row(Quirk.REDIRECT_WITHOUT_SLASH, EARLY_GEN10),
                row(Quirk.OLD_MESSAGE_ID, ILO4S),
                row(Quirk.MEDIA_IMAGE_ONLY, ILO4S),
                row(Quirk.NO_STANDARD_INSERT, OLD_GEN8, GEN8, DL580_GEN8, GEN9, BLADE, ILO4_UNTOLD, EARLY_GEN10),
                row(Quirk.HTTPS_MEDIA_ONLY, GEN12),
                row(Quirk.OVERRIDE_MODE_READ_ONLY, EARLY_GEN10, GEN10, EARLY_GEN11, GEN11, GEN12),
                row(Quirk.OVERRIDE_REFUSED, EARLY_GEN11, GEN11),
                row(Quirk.NO_CONTINUOUS_OVERRIDE, ILO4S),
                row(Quirk.FLAT_BIOS, ILO4S),
                row(Quirk.NO_BIOS_RESOURCE, OLD_GEN8, GEN8, DL580_GEN8),
                row(Quirk.LEGACY_BOOT_ONLY, G6, G7, OLD_GEN8, GEN8),
                row(Quirk.POWER_ON_REFUSED_AT_FIRST, G7, BLADE),
                row(Quirk.CONTROL_BYTES, ALL),
                row(Quirk.SELF_CLOSED_ROOT, ALL),
                row(Quirk.UNESCAPED_VALUES, ALL));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void applies_to_those_iLOs_and_no_others(Quirk quirk, Set<Identity> those) {
        assertThat(EVERYONE.stream().filter(quirk::applies)).containsExactlyInAnyOrderElementsOf(those);
    }

    @Test
    void every_row_is_tested() {
        assertThat(rows().map(row -> (Quirk) row.get()[0]).toList())
                .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(Quirk.class));
    }

    @ParameterizedTest
    @EnumSource(Quirk.class)
    void every_row_is_explained(Quirk quirk) {
        assertThat(quirk.what()).endsWith(".");
        assertThat(List.of(quirk.appliesTo(), quirk.seenOn(), quirk.reference()))
                .noneMatch(String::isBlank);
    }

    @Test
    void warns_of_firmware_that_lets_anyone_in() {
        assertThat(new Firmware("2.53", "iLO4").warnings())
                .containsExactly("iLO 4 firmware 2.53 lets anyone on its network in without a password"
                        + " (CVE-2017-12542); update it to 2.54 or later");
        assertThat(new Firmware("2.54", "iLO4").warnings()).isEmpty();
        assertThat(new Firmware("1.15", "iLO 5").warning().orElseThrow()).contains("older than 2.63");
        assertThat(new Firmware("", "iLO").warnings()).isEmpty();
    }

    /** A row that nothing names has no cure; those that only warn are named by {@link Quirk#warnings}. */
    @ParameterizedTest
    @MethodSource("rowsWithACure")
    void the_code_names_every_row(Quirk quirk) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/ferric/ilo"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java")).filter(file -> names(file, quirk)))
                    .isNotEmpty();
        }
    }

    static Stream<Quirk> rowsWithACure() {
        return Stream.of(Quirk.values()).filter(each -> !each.what().endsWith("a warning tells so."));
    }

    private static boolean names(Path file, Quirk quirk) {
        try {
            return Files.readString(file).matches("(?s).*\\bQuirk[.#]" + quirk.name() + "\\b.*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Arguments row(Quirk quirk, Identity... those) {
        return Arguments.of(quirk, Set.of(those));
    }

    private static Identity ilo(Generation generation, String firmware, String model) {
        return new Identity(generation, firmware, Optional.of(model));
    }
}
