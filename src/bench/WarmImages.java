import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.Images;
import io.ferric.image.VfatImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Times the image writers in a warm process: {@code WarmImages FOLDER RUNS} writes a boot ISO from FOLDER/kernel,
 * FOLDER/ramdisk and FOLDER/isolinux.bin, and a floppy, and prints one line {@code name seconds} a counted run. The
 * first runs warm the process up and are not counted.
 */
final class WarmImages {
    private static final int WARM_ISOS = 2;
    private static final int WARM_FLOPPIES = 300;

    interface Work {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int runs = Integer.parseInt(arguments[1]);
        Path iso = folder.resolve("ferric.iso");
        Path floppy = folder.resolve("ferric.img");
        time("iso", WARM_ISOS, runs, () -> {
            Files.deleteIfExists(iso);
            Images.createBootIso(
                    BootIso.of(
                            Content.of(folder.resolve("kernel")),
                            Content.of(folder.resolve("ramdisk")),
                            "root=UUID=1d8a90f5-c2de-4e43-9a6b-0f5dbf0f1b1c nofb nomodeset vga=normal",
                            Content.of(folder.resolve("isolinux.bin"))),
                    iso);
        });
        time("floppy", WARM_FLOPPIES, runs, () -> {
            Files.deleteIfExists(floppy);
            Images.createVfatImage(
                    VfatImage.labelled("ir-vfd-dev")
                            .parameters(Map.of(
                                    "deployment_id", "1be26c0b-03f2-4d2e-ae87-c02d7f33c781",
                                    "deployment_key", "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345",
                                    "ironic_api_url", "http://127.0.0.1:6385"))
                            .file("token", Content.of("gAAAAABnQ".repeat(24)))
                            .build(),
                    floppy);
        });
    }

    private static void time(String name, int warm, int runs, Work work) throws Exception {
        for (int i = 0; i < warm; i++) {
            work.run();
        }
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            work.run();
            System.out.printf("%s %.6f%n", name, (System.nanoTime() - start) / 1e9);
        }
    }
}
