package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.driver.Findings;
import io.ferric.image.Content;
import io.ferric.image.EfiLoader;
import io.ferric.lab.NoBootLoader;
import io.ferric.lab.NoEfiLoader;
import io.ferric.node.BootMode;
import io.ferric.node.NodeFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootLoadersTest {
    private static final Optional<Content> ISOLINUX = Optional.of(Content.of(NoBootLoader.image()));
    private static final Optional<EfiLoader> GRUB = Optional.of(EfiLoader.of(Content.of(NoEfiLoader.image())));

    private final BootLoaders none = new BootLoaders(IloConfig.defaults(), Optional.empty(), Optional.empty());
    private final BootLoaders bios = new BootLoaders(IloConfig.defaults(), ISOLINUX, Optional.empty());
    private final BootLoaders uefi = new BootLoaders(IloConfig.defaults(), Optional.empty(), GRUB);

    private static List<String> findings(BootLoaders loaders, Optional<BootMode> wanted) {
        Findings findings = new Findings();
        loaders.check(wanted, findings);
        return findings.all().stream()
                .map(each -> each.field() + " " + each.message())
                .toList();
    }

    @Test
    void one_loader_will_do_where_no_mode_is_wanted() {
        assertThat(findings(bios, Optional.empty())).isEmpty();
        assertThat(findings(uefi, Optional.empty())).isEmpty();
        assertThat(findings(none, Optional.empty()))
                .singleElement()
                .asString()
                .contains("ilo/isolinux_bin", "apt-get install isolinux syslinux-common");
    }

    @Test
    void the_loader_of_the_wanted_mode_is_missed_with_the_line_that_installs_it() {
        assertThat(findings(bios, Optional.of(BootMode.BIOS))).isEmpty();
        assertThat(findings(uefi, Optional.of(BootMode.UEFI))).isEmpty();
        assertThat(findings(uefi, Optional.of(BootMode.BIOS)))
                .singleElement()
                .asString()
                .contains("ilo/isolinux_bin");
        assertThat(findings(bios, Optional.of(BootMode.UEFI)))
                .singleElement()
                .asString()
                .contains("ilo/grub_efi", "apt-get install shim-signed grub-efi-amd64-signed", "grub-efi-amd64-bin");
    }

    @Test
    void a_configured_file_that_is_not_there_is_named_even_if_it_is_not_needed() {
        IloConfig config = IloConfig.defaults().withGrubEfi(Path.of("/absent.efi"));
        BootLoaders loaders = new BootLoaders(config, ISOLINUX, Optional.empty());
        assertThat(findings(loaders, Optional.of(BootMode.BIOS)))
                .singleElement()
                .asString()
                .contains("ilo/grub_efi", "/absent.efi");
    }

    @Test
    void an_iso_gets_every_loader_there_is() {
        Content file = Content.of("x");
        assertThat(bios.bootIso(file, file, "").efi()).isEmpty();
        assertThat(uefi.bootIso(file, file, "").isolinux()).isEmpty();
        assertThat(new BootLoaders(IloConfig.defaults(), ISOLINUX, GRUB).bootIso(file, file, ""))
                .satisfies(both -> {
                    assertThat(both.efi()).isEqualTo(GRUB);
                    assertThat(both.isolinux()).isEqualTo(ISOLINUX);
                });
        assertThatThrownBy(() -> none.bootIso(file, file, ""))
                .isInstanceOfSatisfying(NodeFault.class, fault -> assertThat(fault.inPlainWords())
                        .contains("apt-get install isolinux"));
    }

    @Test
    void are_told_apart_by_what_they_hold() {
        assertThat(List.of(none.identity(), bios.identity(), uefi.identity())).doesNotHaveDuplicates();
        assertThat(new BootLoaders(IloConfig.defaults(), ISOLINUX, Optional.empty()).identity())
                .isEqualTo(bios.identity());
    }
}
