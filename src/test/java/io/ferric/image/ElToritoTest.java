package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.image.ElToritoEntry.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElToritoTest {
    private static final Content BOOT = Content.of(new byte[100]);

    @TempDir
    Path folder;

    private Path iso(ElToritoEntry... entries) throws IOException {
        IsoImage.Builder image =
                IsoImage.labelled("TEST").file("bios", BOOT).file("efi", BOOT).file("big", Content.of(new byte[9000]));
        for (ElToritoEntry entry : entries) {
            image.boot(entry);
        }
        Path file = folder.resolve("test.iso");
        Images.createIsoImage(image.build(), file);
        return file;
    }

    @Test
    void tells_who_can_boot() throws IOException {
        ElToritoEntry bios = ElToritoEntry.bios("bios");
        ElToritoEntry uefi = ElToritoEntry.uefi("efi");
        assertThat(ElTorito.platforms(iso())).contains(Set.of());
        assertThat(ElTorito.platforms(iso(bios))).contains(Set.of(Platform.BIOS));
        assertThat(ElTorito.platforms(iso(uefi))).contains(Set.of(Platform.UEFI));
        assertThat(ElTorito.platforms(iso(bios, uefi))).contains(EnumSet.allOf(Platform.class));
        assertThat(ElTorito.platforms(iso(uefi, uefi, bios))).contains(EnumSet.allOf(Platform.class));
    }

    @Test
    void does_not_count_what_is_marked_not_bootable() throws IOException {
        Path file = iso(ElToritoEntry.bios("bios"), ElToritoEntry.uefi("efi"));
        byte[] bytes = Files.readAllBytes(file);
        int catalogue = catalogue(bytes);
        bytes[catalogue + 96] = 0;
        assertThat(ElTorito.platforms(Files.write(file, bytes))).contains(Set.of(Platform.BIOS));
    }

    @Test
    void an_extension_is_no_entry() throws IOException {
        Path file = iso(ElToritoEntry.bios("bios"), ElToritoEntry.uefi("efi"), ElToritoEntry.uefi("efi"));
        byte[] bytes = Files.readAllBytes(file);
        int catalogue = catalogue(bytes);
        byte[] entry = Arrays.copyOfRange(bytes, catalogue + 96, catalogue + 128);
        System.arraycopy(entry, 0, bytes, catalogue + 128, 32);
        bytes[catalogue + 96] = 0x44;
        bytes[catalogue + 64] = (byte) 0x91;
        assertThat(ElTorito.platforms(Files.write(file, bytes))).contains(EnumSet.allOf(Platform.class));
    }

    @Test
    void tells_nothing_where_the_catalogue_is_out_of_reach() throws IOException {
        Path file = iso(ElToritoEntry.bios("bios"));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(ElTorito.platforms(Files.write(file, Arrays.copyOf(bytes, catalogue(bytes) + 2047))))
                .isEmpty();
        assertThat(ElTorito.platforms(Files.write(file, Arrays.copyOf(bytes, 17 * 2048))))
                .isEmpty();
        assertThat(ElTorito.platforms(Files.write(file, Arrays.copyOf(bytes, catalogue(bytes) + 2048))))
                .isEqualTo(Optional.of(Set.of(Platform.BIOS)));
    }

    @Test
    void survives_any_damage() throws IOException {
        byte[] whole = Files.readAllBytes(iso(ElToritoEntry.bios("bios"), ElToritoEntry.uefi("efi")));
        int catalogue = catalogue(whole);
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = whole.clone();
            random.ints(20, 0, 256).forEach(at -> damaged[catalogue + at] = (byte) random.nextInt());
            damaged[17 * 2048 + 71 + random.nextInt(4)] = (byte) random.nextInt();
            assertThat(ElTorito.platforms(Files.write(folder.resolve("damaged.iso"), damaged)))
                    .isNotNull();
        }
    }

    private static int catalogue(byte[] iso) {
        return (iso[17 * 2048 + 71] & 0xFF) * 2048;
    }
}
