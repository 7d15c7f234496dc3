package io.ferric.lab.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.Images;
import io.ferric.image.VfatImage;
import io.ferric.lab.NoBootLoader;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The readers on what the image room writes, and on damaged copies of it. */
@Timeout(60)
class MediaReadersTest {
    private static final int DAMAGES = 400;

    @TempDir
    private Path folder;

    @Test
    void reads_the_floppy_that_we_write() throws Exception {
        FatReader reader = FatReader.open(memory(floppy()));
        assertThat(reader.bits()).isEqualTo(12);
        assertThat(reader.label()).contains("ir-vfd-dev");
        assertThat(reader.files()).containsExactlyInAnyOrder("parameters.txt", "token", "sub/A long name.conf");
        assertThat(reader.read("parameters.txt")).asString().isEqualTo("a=1\nb=2");
        assertThat(reader.read("/sub/a LONG name.conf")).hasSize(5000);
        assertThatThrownBy(() -> reader.read("nothing")).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> reader.read("sub")).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void reads_the_disc_that_we_write() throws Exception {
        Blocks medium = memory(disc());
        IsoReader reader = IsoReader.open(medium);
        assertThat(reader.label()).isEqualTo("VMEDIA_BOOT_ISO");
        assertThat(reader.files()).contains("/vmlinuz", "/initrd", "/isolinux/isolinux.cfg");
        assertThat(reader.jolietFiles()).contains("/vmlinuz", "/isolinux/isolinux.bin");
        assertThat(reader.sectors() * IsoReader.SECTOR).isEqualTo(medium.size());
        BootEntry entry = reader.bootEntries().get(0);
        BootInfoTable.read(medium.at(entry.sector() * IsoReader.SECTOR, 64)).check(medium, entry.sector());
        IsoFile settings = reader.find("/isolinux/isolinux.cfg");
        String text = new String(reader.read(settings, 0, (int) settings.size()));
        BootChoice choice = BootChoice.fromIsolinux(text);
        assertThat(choice.kernel()).isEqualTo("/vmlinuz");
        assertThat(choice.ramdisk()).isEqualTo("/initrd");
        assertThat(choice.parameter("root")).contains("UUID=x");
    }

    @Test
    void falls_back_to_the_short_name_when_the_long_one_is_not_its_own() throws Exception {
        byte[] floppy = floppy();
        String text = new String(floppy, StandardCharsets.ISO_8859_1);
        int entry = text.indexOf("PARAME");
        floppy[entry] = 'X';
        assertThat(FatReader.open(memory(floppy)).files())
                .anyMatch(name -> name.startsWith("XARAM"))
                .doesNotContain("parameters.txt");
    }

    @Test
    void notices_a_damaged_boot_image() throws Exception {
        byte[] disc = disc();
        long sector = IsoReader.open(memory(disc)).bootEntries().get(0).sector();
        disc[(int) sector * IsoReader.SECTOR + 100]++;
        Blocks medium = memory(disc);
        assertThatThrownBy(() -> BootInfoTable.read(medium.at(sector * IsoReader.SECTOR, 64))
                        .check(medium, sector))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void takes_damaged_media_for_damaged_and_never_hangs() throws Exception {
        byte[] floppy = floppy();
        byte[] disc = disc();
        Random random = new Random(17);
        int refused = 0;
        for (int i = 0; i < DAMAGES; i++) {
            refused += refused(() -> readFloppy(memory(damaged(floppy, random, 8192))));
            refused += refused(() -> readDisc(memory(damaged(disc, random, disc.length))));
        }
        assertThat(refused).isBetween(1, 2 * DAMAGES - 1);
    }

    @Test
    void a_fat_volume_whose_directories_contain_each_other_comes_to_an_end() throws Exception {
        byte[] floppy = floppy();
        int clusterBytes = (floppy[13] & 0xFF) * 512;
        FatReader whole = FatReader.open(memory(floppy));
        assertThat(whole.files()).hasSize(3);
        // sub is the first directory, in cluster 2: fill it with directories that are itself
        int fatSectors = floppy[22] & 0xFF;
        int data = (1 + 2 * fatSectors) * 512 + ((floppy[17] & 0xFF) | (floppy[18] & 0xFF) << 8) * 32;
        for (int at = data + 64; at < data + clusterBytes; at += 32) {
            byte[] entry = ("D%02d        ".formatted((at - data) / 32) + "\20").getBytes(StandardCharsets.US_ASCII);
            Arrays.fill(floppy, at, at + 32, (byte) 0);
            System.arraycopy(entry, 0, floppy, at, entry.length);
            floppy[at + 26] = 2;
        }
        assertThatThrownBy(() -> FatReader.open(memory(floppy)).files())
                .isInstanceOf(MediaException.class)
                .hasMessageMatching("(more than|directories deeper).*");
    }

    @Test
    void refuses_what_is_no_medium() {
        assertThatThrownBy(() -> FatReader.open(memory(new byte[102400]))).isInstanceOf(MediaException.class);
        assertThatThrownBy(() -> IsoReader.open(memory(new byte[102400]))).isInstanceOf(MediaException.class);
        assertThatThrownBy(() -> IsoReader.open(memory(new byte[10]))).isInstanceOf(EOFException.class);
    }

    private interface Reading {
        void run() throws IOException;
    }

    /** 1 when it ends with an {@link IOException}, 0 when it ends well; nothing else may come out. */
    private static int refused(Reading reading) {
        try {
            reading.run();
            return 0;
        } catch (IOException e) {
            return 1;
        }
    }

    private static void readFloppy(Blocks medium) throws IOException {
        FatReader reader = FatReader.open(medium);
        reader.label();
        for (String path : reader.files()) {
            reader.read(path);
        }
    }

    private static void readDisc(Blocks medium) throws IOException {
        IsoReader reader = IsoReader.open(medium);
        reader.bootEntries();
        reader.files();
        reader.jolietFiles();
    }

    private static byte[] damaged(byte[] whole, Random random, int within) {
        byte[] copy = whole.clone();
        for (int i = 0; i < 4; i++) {
            copy[random.nextInt(Math.min(within, copy.length))] = (byte) random.nextInt();
        }
        return copy;
    }

    private byte[] floppy() throws IOException {
        VfatImage image = VfatImage.labelled("ir-vfd-dev")
                .parameters(Map.of("a", "1", "b", "2"))
                .file("token", Content.of("secret"))
                .file("sub/A long name.conf", Content.of(new byte[5000]))
                .build();
        Path file = folder.resolve("floppy.img");
        Images.createVfatImage(image, file);
        return Files.readAllBytes(file);
    }

    private byte[] disc() throws IOException {
        Path file = folder.resolve("boot.iso");
        Images.createBootIso(
                BootIso.of(
                        Content.of("kernel"), Content.of("ramdisk"), "root=UUID=x", Content.of(NoBootLoader.image())),
                file);
        return Files.readAllBytes(file);
    }

    private static Blocks memory(byte[] bytes) {
        return new Blocks() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void read(long position, byte[] target) throws IOException {
                if (position < 0 || position > bytes.length - target.length) {
                    throw new EOFException();
                }
                byte[] piece = Arrays.copyOfRange(bytes, (int) position, (int) position + target.length);
                System.arraycopy(piece, 0, target, 0, piece.length);
            }
        };
    }
}
