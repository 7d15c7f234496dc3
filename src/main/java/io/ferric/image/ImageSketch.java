package io.ferric.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** What a probe gathers of an image, until it is an {@link ImageInfo}. Not thread safe. */
final class ImageSketch {
    private static final int LONGEST_TEXT = 200;

    private final ImageFormat format;
    private final List<String> dangers = new ArrayList<>();
    private OptionalLong virtualSize = OptionalLong.empty();
    private Optional<Long> declaredSize = Optional.empty();
    private Optional<String> backingFile = Optional.empty();
    private Optional<String> label = Optional.empty();
    private Optional<String> uuid = Optional.empty();

    ImageSketch(ImageFormat format) {
        this.format = format;
    }

    ImageFormat format() {
        return format;
    }

    ImageSketch virtualSize(long bytes) {
        virtualSize = bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
        return this;
    }

    /** The file must have so many bytes. */
    ImageSketch declaredSize(long bytes) {
        declaredSize = bytes < 0 ? Optional.empty() : Optional.of(bytes);
        return this;
    }

    /** The image holds so many bytes, one by one: virtual and declared size. */
    ImageSketch size(long bytes) {
        return virtualSize(bytes).declaredSize(bytes);
    }

    ImageSketch backingFile(String name) {
        backingFile = Optional.of(printable(name));
        return danger("it reads another file, '" + printable(name) + "', as its backing file");
    }

    ImageSketch label(String text) {
        String stripped = printable(text).strip();
        label = stripped.isEmpty() ? Optional.empty() : Optional.of(stripped);
        return this;
    }

    ImageSketch uuid(String text) {
        uuid = Optional.of(printable(text)).filter(id -> !id.isBlank());
        return this;
    }

    /** Sixteen bytes in the order they are written; none if they are all zero. */
    ImageSketch uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        UUID id = new UUID(buffer.getLong(), buffer.getLong());
        uuid = id.equals(new UUID(0, 0)) ? Optional.empty() : Optional.of(id.toString());
        return this;
    }

    ImageSketch danger(String reason) {
        dangers.add(reason);
        return this;
    }

    ImageSketch dangerIf(boolean condition, String reason) {
        return condition ? danger(reason) : this;
    }

    ImageInfo toInfo(long fileSize) {
        return new ImageInfo(format, fileSize, virtualSize, backingFile, label, uuid, dangers, declaredSize);
    }

    /** Text out of an untrusted image, fit for a log. */
    static String printable(String text) {
        String cut = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** A product of two untrusted numbers; the largest number there is if it would overflow. */
    static long product(long a, long b) {
        try {
            return a < 0 || b < 0 ? Long.MAX_VALUE : Math.multiplyExact(a, b);
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** A sum of two untrusted numbers, likewise. */
    static long sum(long a, long b) {
        return a < 0 || b < 0 || a + b < 0 ? Long.MAX_VALUE : a + b;
    }
}
