package io.ferric.deploy;

import io.ferric.image.ImageFormat;
import io.ferric.image.ImageInfo;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A ready image of a config drive as Nova sends it: an ISO 9660 or vfat image labelled {@code config-2}, gzipped, in
 * base64. Unpacked in a stream, and not beyond the size a config drive may have.
 */
record EncodedConfigDrive(String text) implements ConfigDrive.Source {
    /** Enough to tell an image's format and label. */
    private static final int HEAD = 128 * 1024;

    private static final String HOW = " Give an ISO image, gzipped and then in base64, or an object with meta_data,"
            + " user_data and network_data.";

    /** The same, unpacked once and looked at. */
    static EncodedConfigDrive checked(String text) throws ConfigDrive.Unusable {
        EncodedConfigDrive drive = new EncodedConfigDrive(text);
        drive.requireBase64AndGzip();
        drive.requireConfigDrive();
        return drive;
    }

    private void requireBase64AndGzip() throws ConfigDrive.Unusable {
        try (InputStream bytes = decoded()) {
            byte[] magic = bytes.readNBytes(2);
            bytes.transferTo(OutputStream.nullOutputStream());
            if (magic.length < 2 || magic[0] != (byte) 0x1f || magic[1] != (byte) 0x8b) {
                throw new ConfigDrive.Unusable("is base64, but what is in it is not gzipped." + HOW);
            }
        } catch (IOException e) {
            throw new ConfigDrive.Unusable("is not base64." + HOW);
        }
    }

    private void requireConfigDrive() throws ConfigDrive.Unusable {
        try (InputStream image = unpacked()) {
            byte[] head = image.readNBytes(HEAD);
            long size = head.length + image.skip(ConfigDrive.PARTITION + 1 - head.length);
            if (size > ConfigDrive.PARTITION) {
                throw new ConfigDrive.Unusable("holds an image of more than " + ConfigDrive.PARTITION / Mib.BYTES
                        + " MiB, the most a config drive may have: take something out of it.");
            }
            requireConfigDrive(ImageInfo.inspect(new HeadChannel(head, size)));
        } catch (ZipException | EOFException e) {
            throw new ConfigDrive.Unusable("holds gzip data that are damaged or break off." + HOW);
        } catch (IOException e) {
            throw new ConfigDrive.Unusable("is not base64." + HOW);
        }
    }

    private static void requireConfigDrive(ImageInfo info) throws ConfigDrive.Unusable {
        if (info.format() != ImageFormat.ISO && info.format() != ImageFormat.VFAT) {
            throw new ConfigDrive.Unusable(
                    "holds no ISO 9660 or vfat image; it looks like " + info.format() + "." + HOW);
        }
        if (info.truncated()) {
            throw new ConfigDrive.Unusable("holds an image that breaks off: make it again.");
        }
        String label = info.label().orElse("");
        if (!label.equalsIgnoreCase(ConfigDrive.LABEL)) {
            throw new ConfigDrive.Unusable("holds an image with the label '" + Faults.foreign(label)
                    + "'; cloud-init finds it only with the label " + ConfigDrive.LABEL + ".");
        }
    }

    /** What is skipped is unpacked all the same, so that damage shows. */
    private InputStream unpacked() throws IOException {
        return new GZIPInputStream(decoded(), 64 * 1024);
    }

    private InputStream decoded() {
        return Base64.getDecoder().wrap(new CharBytes(text));
    }

    @Override
    public void writeTo(Path file) throws IOException {
        try (InputStream image = unpacked();
                OutputStream out = Files.newOutputStream(file)) {
            image.transferTo(out);
        }
    }

    @Override
    public String toString() {
        return "***";
    }

    /** The characters of a text as bytes, without its white space. */
    private static final class CharBytes extends InputStream {
        private final String text;
        private int next;

        CharBytes(String text) {
            this.text = text;
        }

        @Override
        public int read() {
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            return next < text.length() ? Math.min(text.charAt(next++), 0xFF) : -1;
        }
    }
}
