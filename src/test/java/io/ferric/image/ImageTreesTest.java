package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever tree is written, readers that share nothing with the writers find the same tree. */
class ImageTreesTest {
    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("images");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("image"));
        Files.delete(folder);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void vfat_keeps_every_tree(@ForAll("trees") Map<String, byte[]> tree, @ForAll("sizes") long size)
            throws IOException {
        Map<String, byte[]> files = withoutSameNames(tree);
        VfatImage.Builder image = VfatImage.labelled("random").size(size);
        files.forEach((path, bytes) -> image.file(path, Content.of(bytes)));
        Path file = folder.resolve("image");
        Images.createVfatImage(image.build(), file);

        FatReader read = new FatReader(file);
        assertSame(read.files, files);
        assertThat(Files.size(file)).isGreaterThanOrEqualTo(size);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void iso_keeps_every_tree(@ForAll("trees") Map<String, byte[]> tree) throws IOException {
        IsoImage.Builder image = IsoImage.labelled("random");
        tree.forEach((path, bytes) -> image.file(path, Content.of(bytes)));
        Path file = folder.resolve("image");
        Images.createIsoImage(image.build(), file);

        try (IsoReader read = new IsoReader(file)) {
            Map<String, byte[]> rockRidge = new TreeMap<>();
            for (Map.Entry<String, IsoReader.Entry> entry : read.rockRidge.entrySet()) {
                rockRidge.put(entry.getKey(), read.bytes(entry.getValue()));
            }
            assertSame(rockRidge, tree);
            assertThat(read.joliet).hasSameSizeAs(tree);
            assertThat(read.plain).hasSameSizeAs(tree);
            assertThat(read.plain.keySet()).allMatch(path -> path.matches("[A-Z0-9_./]*"));
        }
    }

    @Provide
    Arbitrary<Map<String, byte[]>> trees() {
        Arbitrary<String> folders =
                name().map(name -> name + "/").list().ofMaxSize(3).map(parts -> String.join("", parts));
        Arbitrary<byte[]> bytes = Arbitraries.integers().between(0, 20_000).map(size -> {
            byte[] random = new byte[size];
            new Random(size).nextBytes(random);
            return random;
        });
        Arbitrary<String> paths = Combinators.combine(folders, name()).as(String::concat);
        return Arbitraries.maps(paths, bytes).ofMaxSize(25).map(ImageTreesTest::withoutFilesAsFolders);
    }

    @Provide
    Arbitrary<Long> sizes() {
        return Arbitraries.of(0L, 102_400L, 368_640L, 1_474_560L, 3_000_000L, 9L << 20);
    }

    /** Names that are short and clash once shortened, long ones, and ones with odd characters. */
    private static Arbitrary<String> name() {
        Arbitrary<String> plain = Arbitraries.strings()
                .withChars("abcXYZ019_-+=[]{}~$.;, üß世\u00e9")
                .ofMinLength(1)
                .ofMaxLength(40);
        Arbitrary<String> longOnes =
                Arbitraries.strings().alpha().ofMinLength(60).ofMaxLength(80);
        return Arbitraries.oneOf(plain, longOnes.map(name -> "long file name " + name), Arbitraries.of("token", "T~1"))
                .map(name -> name.replaceAll("^[. ]+|[. ]+$", ""))
                .filter(name -> !name.isEmpty());
    }

    private static Map<String, byte[]> withoutFilesAsFolders(Map<String, byte[]> tree) {
        Map<String, byte[]> kept = new TreeMap<>(tree);
        tree.keySet().forEach(path -> kept.keySet().removeIf(other -> other.startsWith(path + "/")));
        return kept;
    }

    /** FAT knows no difference of case, in folders neither. */
    private static Map<String, byte[]> withoutSameNames(Map<String, byte[]> tree) {
        Map<String, byte[]> kept = new TreeMap<>();
        Map<String, String> spelling = new TreeMap<>();
        Set<String> files = new HashSet<>();
        tree.forEach((path, bytes) -> {
            boolean clash = files.contains(path.toUpperCase(Locale.ROOT));
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                String above = path.substring(0, slash);
                clash |= !spelling.computeIfAbsent(above.toUpperCase(Locale.ROOT), key -> above)
                        .equals(above);
                clash |= files.contains(above.toUpperCase(Locale.ROOT));
            }
            clash |= spelling.containsKey(path.toUpperCase(Locale.ROOT));
            if (!clash) {
                files.add(path.toUpperCase(Locale.ROOT));
                kept.put(path, bytes);
            }
        });
        return kept;
    }

    private static void assertSame(Map<String, byte[]> read, Map<String, byte[]> written) {
        assertThat(read.keySet()).isEqualTo(new TreeMap<>(written).keySet());
        written.forEach((path, bytes) -> assertThat(read.get(path)).isEqualTo(bytes));
    }
}
