package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our vfat images before the programs of dosfstools, mtools and util-linux. */
class VfatImageIT {
    @TempDir
    Path folder;

    private Path floppy;

    @BeforeEach
    void nameFloppy() {
        floppy = folder.resolve("floppy.img");
    }

    @Test
    void pleases_fsck_and_is_read_by_mtools() throws IOException {
        Images.createVfatImage(
                VfatImage.labelled("ir-vfd-dev")
                        .parameters(Map.of("a", "b", "iscsi_target_iqn", "iqn.2008-10.org.openstack:x"))
                        .file("token", Content.of("secret"))
                        .file("A Folder/with a long name.text", Content.of("long"))
                        .serial(0x12345678)
                        .build(),
                floppy);

        assertFsckIsClean();
        assertThat(Peer.require("mtype").run("-i", floppy, "::/parameters.txt"))
                .isEqualTo("a=b\niscsi_target_iqn=iqn.2008-10.org.openstack:x");
        assertThat(Peer.require("mtype").run("-i", floppy, "::/token")).isEqualTo("secret");
        assertThat(Peer.require("mtype").run("-i", floppy, "::/A Folder/with a long name.text"))
                .isEqualTo("long");
        assertThat(Peer.require("mdir").run("-i", floppy, "::"))
                .contains("ir-vfd-dev")
                .contains("1234-5678")
                .contains("PARAME~1 TXT")
                .contains("parameters.txt");
        assertThat(Peer.require("blkid").run("-p", floppy))
                .contains(" LABEL=\"ir-vfd-dev\"")
                .contains("LABEL_FATBOOT=\"ir-vfd-dev\"")
                .contains("UUID=\"1234-5678\"")
                .contains("TYPE=\"vfat\"");
    }

    @Test
    void is_understood_in_every_size() throws IOException {
        byte[] random = new byte[300_000];
        new Random(1).nextBytes(random);
        Path original = Files.write(folder.resolve("original"), random);
        for (long kib : new long[] {0, 360, 720, 1440, 2880, 4000, 8_300, 33_000, 200_000, 1_000_000}) {
            Images.createVfatImage(
                    VfatImage.labelled("ESP")
                            .size(kib * 1024)
                            .file("EFI/BOOT/BOOTX64.EFI", Content.of(original))
                            .build(),
                    floppy);

            assertFsckIsClean();
            Path copy = folder.resolve("copy");
            Peer.require("mcopy").run("-n", "-o", "-i", floppy, "::/EFI/BOOT/BOOTX64.EFI", copy);
            assertThat(copy).as("%s KiB", kib).hasSameBinaryContentAs(original);
        }
    }

    @Test
    void can_be_changed_by_others_afterwards() throws IOException {
        Images.createVfatImage(
                VfatImage.labelled("ir-vfd-dev").file("token", Content.of("x")).build(), floppy);
        Path more = Files.writeString(folder.resolve("another long name.txt"), "more");
        Peer.require("mcopy").run("-i", floppy, more, "::");

        assertFsckIsClean();
        assertThat(Peer.require("mtype").run("-i", floppy, "::another long name.txt"))
                .isEqualTo("more");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 110, 111, 112, 113, 700})
    void holds_many_files(int count) throws IOException {
        VfatImage.Builder builder = VfatImage.labelled("many");
        for (int i = 0; i < count; i++) {
            builder.file("a name that is long " + i, Content.of("" + i));
            builder.file("below/a name that is long " + i, Content.of(""));
        }
        Images.createVfatImage(builder.build(), floppy);

        assertFsckIsClean();
        assertThat(new FatReader(floppy).files).hasSize(2 * count);
    }

    /** fsck's exit code is 0 even for some complaints, so its words count as well. */
    private void assertFsckIsClean() {
        assertThat(Peer.require("fsck.vfat").run("-n", "-V", floppy))
                .doesNotContainIgnoringCase("not valid")
                .doesNotContainIgnoringCase("differen")
                .doesNotContainIgnoringCase("wrong")
                .doesNotContainIgnoringCase("orphan")
                .doesNotContainIgnoringCase("auto-");
    }
}
