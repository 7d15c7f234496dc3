package io.ferric.cli;

import io.ferric.cli.terminal.ByteText;
import io.ferric.cli.terminal.PasswordFile;
import io.ferric.cli.terminal.ProgressMeter;
import io.ferric.cli.terminal.Terminal;
import io.ferric.cli.terminal.UsageException;
import io.ferric.deploy.DirectCopy;
import io.ferric.image.DiskImage;
import io.ferric.image.UnreadableImageException;
import io.ferric.iscsi.Chap;
import io.ferric.iscsi.IscsiOptions;
import io.ferric.iscsi.IscsiTarget;
import io.ferric.iscsi.RemoteDisk;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ferric iscsi}: talks to an iSCSI target from user space. */
@Command(
        name = "iscsi",
        mixinStandardHelpOptions = true,
        description = "Read and write the disk behind an iSCSI target, without root or a kernel module.")
final class IscsiCommand implements Runnable {
    /** As much as one command carries: small enough to stay in a cache on its way. */
    private static final int CHUNK = 256 << 10;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: info, read or write.");
    }

    /** The options that say which disk. */
    static final class Target {
        @Option(
                names = "--portal",
                required = true,
                paramLabel = "H:P",
                description = "Address and port of the target.")
        private String portal;

        @Option(names = "--iqn", required = true, description = "The target's name.")
        private String iqn;

        @Option(names = "--lun", defaultValue = "1", description = "Logical unit (default: ${DEFAULT-VALUE}).")
        private long lun;

        @Option(names = "--chap-user", paramLabel = "U", description = "User for CHAP.")
        private Optional<String> chapUser;

        @Option(
                names = "--chap-password-file",
                paramLabel = "F",
                description = "File whose first line is the password.")
        private Optional<Path> chapPasswordFile;

        @Option(
                names = "--deadline",
                paramLabel = "SECONDS",
                defaultValue = "30",
                description = "How long the target may be silent (default: ${DEFAULT-VALUE}).")
        private int deadline;

        RemoteDisk open() throws IOException {
            return RemoteDisk.open(target(), IscsiOptions.defaults().withDeadline(Duration.ofSeconds(deadline)));
        }

        private IscsiTarget target() throws IOException {
            HostAndPort where = HostAndPort.parse("--portal", portal, IscsiTarget.DEFAULT_PORT);
            if (chapUser.isPresent() != chapPasswordFile.isPresent()) {
                throw new UsageException("--chap-user and --chap-password-file go together");
            }
            IscsiTarget plain = target(where);
            return chapUser.isEmpty()
                    ? plain
                    : plain.withChap(Chap.of(chapUser.get(), PasswordFile.read(chapPasswordFile.get())));
        }

        private IscsiTarget target(HostAndPort where) {
            try {
                return IscsiTarget.of(where.host(), where.port(), iqn, lun);
            } catch (IllegalArgumentException e) {
                throw new UsageException(e.getMessage());
            }
        }
    }

    @Command(name = "info", mixinStandardHelpOptions = true, description = "Tell what disk it is.")
    int info(@Mixin Target target) throws IOException {
        try (RemoteDisk disk = target.open()) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf("size         %d bytes (%s)%n", disk.size(), ByteText.size(disk.size()));
            out.printf("block size   %d%n", disk.blockSize());
            out.printf(
                    "disk         %s %s %s%n",
                    disk.identity().vendor(),
                    disk.identity().product(),
                    disk.identity().revision());
            disk.identity().serial().ifPresent(serial -> out.printf("serial       %s%n", serial));
            disk.identity().wwn().ifPresent(wwn -> out.printf("wwn          %s%n", wwn));
            out.printf("zeroes       %s%n", disk.zeroesNatively() ? "by the target" : "sent as data");
            return 0;
        }
    }

    @Command(
            name = "read",
            mixinStandardHelpOptions = true,
            description = "Copy the disk, or a part of it, to a file or standard output.")
    int read(
            @Mixin Target target,
            @Option(names = "--out", paramLabel = "FILE", description = "Where to; standard output when not given.")
                    Optional<Path> out,
            @Option(names = "--offset", paramLabel = "BYTES", defaultValue = "0", description = "Where to begin.")
                    long offset,
            @Option(names = "--length", paramLabel = "BYTES", description = "How much; to the end when not given.")
                    Optional<Long> length)
            throws IOException {
        try (RemoteDisk disk = target.open();
                WritableByteChannel sink = out.isPresent() ? create(out.get()) : Channels.newChannel(System.out)) {
            long total = length.orElse(disk.size() - offset);
            requireWithin(disk, offset, total);
            disk.position(offset);
            copy("read", disk, sink, total);
            return 0;
        }
    }

    @Command(
            name = "write",
            mixinStandardHelpOptions = true,
            description = {
                "Copy an image onto the disk; returns once the target has it on its medium.",
                "The content of a qcow2 image, or of a raw one compressed by gzip, xz or zstd, is written as it is read; "
                        + "zeros are made by the target where it can."
            })
    int write(
            @Mixin Target target,
            @Option(names = "--image", required = true, paramLabel = "FILE", description = "What to write.") Path image,
            @Option(names = "--offset", paramLabel = "BYTES", defaultValue = "0", description = "Where to begin.")
                    long offset,
            @Option(names = "--raw", description = "Write the bytes of the file as they are, whatever its format.")
                    boolean raw)
            throws IOException {
        RegularFile.require(image);
        try (RemoteDisk disk = target.open();
                DiskImage source = raw ? DiskImage.raw(image) : open(image, disk, offset)) {
            requireWithin(disk, offset, source.size());
            ProgressMeter meter = meter();
            new DirectCopy().copy(source, disk, offset, (done, total) -> meter.progress("write", done, total));
            disk.flush();
            return 0;
        } catch (UnreadableImageException e) {
            throw new IOException(image + ": " + e.getMessage() + "; --raw writes the bytes of the file", e);
        }
    }

    private static DiskImage open(Path image, RemoteDisk disk, long offset) throws IOException {
        requireWithin(disk, offset, 0);
        return DiskImage.open(image, disk.size() - offset);
    }

    private ProgressMeter meter() {
        return new ProgressMeter(spec.commandLine().getErr(), Terminal.attached(), Clock.systemUTC());
    }

    private static void requireWithin(RemoteDisk disk, long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || offset > disk.size() - length) {
            throw new UsageException(
                    length + " bytes at offset " + offset + " do not lie on a disk of " + disk.size() + " bytes");
        }
    }

    private void copy(String step, ReadableByteChannel from, WritableByteChannel to, long total) throws IOException {
        ProgressMeter meter = meter();
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        for (long done = 0; done < total; ) {
            buffer.clear().limit((int) Math.min(CHUNK, total - done));
            if (from.read(buffer) < 0) {
                throw new EOFException("the source ended after " + done + " of " + total + " bytes");
            }
            buffer.flip();
            done += buffer.remaining();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            meter.progress(step, done, total);
        }
    }

    private static FileChannel create(Path file) throws IOException {
        if (file.getParent() != null && !Files.isDirectory(file.getParent())) {
            throw new NotDirectoryException(file.getParent().toString());
        }
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
