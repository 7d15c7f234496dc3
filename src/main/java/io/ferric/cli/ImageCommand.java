package io.ferric.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.cli.terminal.UsageException;
import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.DiskImage;
import io.ferric.image.ImageFormat;
import io.ferric.image.ImageInfo;
import io.ferric.image.Images;
import io.ferric.image.UnreadableImageException;
import io.ferric.image.VfatImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ferric image}: makes floppy and CD images, and says what an image is. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        subcommands = DeployIsoCommand.class,
        description = "Make virtual media images, or tell what an image is.")
final class ImageCommand implements Runnable {
    private static final Set<ImageFormat> CONTAINERS =
            Set.of(ImageFormat.QCOW2, ImageFormat.GZIP, ImageFormat.XZ, ImageFormat.ZSTD);

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: vfat, iso, deploy-iso or inspect.");
    }

    @Command(
            name = "vfat",
            mixinStandardHelpOptions = true,
            description = {
                "Make a virtual floppy: a FAT file system with the given files, and the parameters in parameters.txt."
            })
    int vfat(
            @Parameters(paramLabel = "OUT", description = "The image to write.") Path out,
            @Option(
                            names = "--label",
                            defaultValue = "ir-vfd-dev",
                            description = "Volume label (default: ${DEFAULT-VALUE}).")
                    String label,
            @Option(names = "--param", paramLabel = "K=V", description = "A line of parameters.txt; may be repeated.")
                    Map<String, String> parameters,
            @Option(
                            names = "--file",
                            paramLabel = "SRC=DEST",
                            description = "A file to put on the floppy, and its name there; may be repeated.")
                    List<String> files)
            throws IOException {
        VfatImage.Builder image = VfatImage.labelled(label);
        if (parameters != null) {
            image.parameters(new LinkedHashMap<>(parameters));
        }
        for (String file : files == null ? List.<String>of() : files) {
            int equals = file.lastIndexOf('=');
            if (equals <= 0) {
                throw new UsageException("--file " + file + ": write it as SRC=DEST, such as token.txt=token");
            }
            image.file(file.substring(equals + 1), Content.of(RegularFile.require(Path.of(file.substring(0, equals)))));
        }
        Images.createVfatImage(image.build(), out);
        return said(out);
    }

    @Command(
            name = "iso",
            mixinStandardHelpOptions = true,
            description = {
                "Make a CD image that boots a Linux kernel and ramdisk: through ISOLINUX on servers with a BIOS, through",
                "GRUB on servers with UEFI. It gets each of the two boot loaders that is there."
            })
    int iso(
            @Parameters(paramLabel = "OUT", description = "The image to write.") Path out,
            @Option(names = "--kernel", required = true, description = "The Linux kernel.") Path kernel,
            @Option(names = "--ramdisk", required = true, description = "The initial ramdisk.") Path ramdisk,
            @Option(names = "--append", defaultValue = "", description = "Kernel parameters.") String append,
            @Mixin BootLoaderOptions loaders)
            throws IOException {
        BootIso image = BootIso.of(
                Content.of(RegularFile.require(kernel)),
                Content.of(RegularFile.require(ramdisk)),
                append,
                loaders.isolinux(),
                loaders.efi());
        Images.createBootIso(image, out);
        return said(out);
    }

    @Command(
            name = "inspect",
            mixinStandardHelpOptions = true,
            description = "Tell what an image is, judged by its content alone.")
    int inspect(
            @Parameters(paramLabel = "FILE", description = "The image.") Path file,
            @Option(names = "--json", description = "Print one JSON object.") boolean json)
            throws IOException {
        ImageInfo info = ImageInfo.inspect(RegularFile.require(file));
        Map<String, Object> facts = facts(info);
        if (CONTAINERS.contains(info.format())) {
            content(file, facts);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode node = new ObjectMapper().valueToTree(facts);
            out.println(node.toPrettyString());
        } else {
            facts.forEach((key, value) -> out.printf("%-13s %s%n", key.replace('_', ' '), value));
        }
        return 0;
    }

    private static Map<String, Object> facts(ImageInfo info) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("format", info.format().wireName());
        facts.put("raw", info.format().raw());
        facts.put("file_size", info.fileSize());
        info.virtualSize().ifPresent(size -> facts.put("virtual_size", size));
        info.declaredSize().ifPresent(size -> facts.put("declared_size", size));
        if (info.truncated()) {
            facts.put("truncated", true);
        }
        info.backingFile().ifPresent(file -> facts.put("backing_file", file));
        info.label().ifPresent(label -> facts.put("label", label));
        info.uuid().ifPresent(uuid -> facts.put("uuid", uuid));
        facts.put("dangers", new ArrayList<>(info.dangers()));
        return facts;
    }

    /** What is inside, or why that cannot be told. */
    private static void content(Path file, Map<String, Object> facts) throws IOException {
        try (DiskImage image = DiskImage.open(file)) {
            ImageInfo content = image.content();
            facts.put("virtual_size", image.size());
            facts.put("content", content.format().wireName());
            content.label().ifPresent(label -> facts.put("label", label));
            content.uuid().ifPresent(uuid -> facts.put("uuid", uuid));
        } catch (UnreadableImageException e) {
            facts.put("unreadable", e.getMessage());
        }
    }

    private int said(Path out) throws IOException {
        spec.commandLine().getOut().printf("%s  %,d bytes%n", out, Files.size(out));
        return 0;
    }
}
