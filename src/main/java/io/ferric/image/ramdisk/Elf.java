package io.ferric.image.ramdisk;

import io.ferric.image.ImageCreationException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is needed to know of an ELF file (ELF-64, little endian): which loader and libraries a program asks for, and
 * what a kernel module says of itself. Source: System V ABI, chapters 4 and 5.
 */
final class Elf {
    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERPRETER = 3;
    private static final long TAG_NEEDED = 1;
    private static final long TAG_STRINGS = 5;

    private final String name;
    private final ByteBuffer bytes;

    private record Piece(int type, long address, int offset, int size) {}

    private record DynamicTag(long tag, long value) {}

    private interface Reading<T> {
        T read() throws ImageCreationException;
    }

    private Elf(String name, ByteBuffer bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /**
     * @param name for messages
     * @throws ImageCreationException if it is no ELF file of 64 bits
     */
    static Elf of(String name, byte[] content) throws ImageCreationException {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < 64 || bytes.getInt(0) != MAGIC || bytes.getShort(4) != CLASS_64_LITTLE_ENDIAN) {
            throw new ImageCreationException(name + " is no 64-bit ELF file, as programs and modules of x86-64 are");
        }
        return new Elf(name, bytes);
    }

    /** The program that loads this one, such as {@code /lib64/ld-linux-x86-64.so.2}; none if it is static. */
    Optional<String> interpreter() throws ImageCreationException {
        return guarded(() -> {
            for (Piece segment : segments()) {
                if (segment.type() == INTERPRETER) {
                    return Optional.of(text(segment.offset()));
                }
            }
            return Optional.empty();
        });
    }

    /** The names of the shared libraries it is linked with, in their order. */
    List<String> needed() throws ImageCreationException {
        return guarded(() -> {
            List<Piece> segments = segments();
            List<DynamicTag> tags = new ArrayList<>();
            for (Piece segment : segments) {
                if (segment.type() == DYNAMIC) {
                    tags.addAll(tags(segment));
                }
            }
            List<String> libraries = new ArrayList<>();
            for (DynamicTag tag : tags) {
                if (tag.tag() == TAG_NEEDED) {
                    libraries.add(text(Math.addExact(strings(tags, segments), Math.toIntExact(tag.value()))));
                }
            }
            return libraries;
        });
    }

    /** The {@code key=value} texts of the section {@code .modinfo}; none if there is no such section. */
    List<String> moduleInfo() throws ImageCreationException {
        return guarded(() -> {
            List<String> found = new ArrayList<>();
            List<Piece> sections = sections();
            Piece names = sections.isEmpty() ? null : sections.get(Short.toUnsignedInt(bytes.getShort(62)));
            for (Piece section : sections) {
                if (text(offset(names.offset() + section.address())).equals(".modinfo")) {
                    Stream.of(text(section).split("\0"))
                            .filter(entry -> !entry.isEmpty())
                            .forEach(found::add);
                }
            }
            return found;
        });
    }

    private List<Piece> segments() {
        int offset = offset(bytes.getLong(32));
        int size = Short.toUnsignedInt(bytes.getShort(54));
        List<Piece> segments = new ArrayList<>();
        for (int i = 0; i < Short.toUnsignedInt(bytes.getShort(56)); i++) {
            int at = offset(offset + (long) i * size);
            segments.add(new Piece(
                    bytes.getInt(at),
                    bytes.getLong(at + 16),
                    offset(bytes.getLong(at + 8)),
                    offset(bytes.getLong(at + 32))));
        }
        return segments;
    }

    /** With the offset of a section's name, in the section of names, as its address. */
    private List<Piece> sections() {
        int offset = offset(bytes.getLong(40));
        int size = Short.toUnsignedInt(bytes.getShort(58));
        List<Piece> sections = new ArrayList<>();
        for (int i = 0; i < Short.toUnsignedInt(bytes.getShort(60)); i++) {
            int at = offset(offset + (long) i * size);
            boolean empty = bytes.getInt(at + 4) == 8;
            sections.add(new Piece(
                    bytes.getInt(at + 4),
                    Integer.toUnsignedLong(bytes.getInt(at)),
                    empty ? 0 : offset(bytes.getLong(at + 24)),
                    empty ? 0 : offset(bytes.getLong(at + 32))));
        }
        return sections;
    }

    private String text(Piece section) {
        byte[] raw = new byte[section.size()];
        bytes.get(section.offset(), raw);
        return new String(raw, StandardCharsets.UTF_8);
    }

    private List<DynamicTag> tags(Piece dynamic) {
        List<DynamicTag> tags = new ArrayList<>();
        for (int at = dynamic.offset(); at + 16 <= dynamic.offset() + dynamic.size(); at += 16) {
            if (bytes.getLong(at) == 0) {
                break;
            }
            tags.add(new DynamicTag(bytes.getLong(at), bytes.getLong(at + 8)));
        }
        return tags;
    }

    /** Where the table of strings lies in the file: the tag has its address in memory. */
    private int strings(List<DynamicTag> tags, List<Piece> segments) throws ImageCreationException {
        for (DynamicTag tag : tags) {
            for (Piece segment : segments) {
                long into = tag.value() - segment.address();
                if (tag.tag() == TAG_STRINGS && segment.type() == LOAD && into >= 0 && into < segment.size()) {
                    return offset(segment.offset() + into);
                }
            }
        }
        throw new ImageCreationException(name + " names libraries, but has no table of strings");
    }

    private String text(int offset) {
        int end = offset;
        while (bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), offset, end - offset, StandardCharsets.UTF_8);
    }

    private int offset(long value) {
        if (value < 0 || value > bytes.limit()) {
            throw new IndexOutOfBoundsException("offset " + value);
        }
        return (int) value;
    }

    private <T> T guarded(Reading<T> reading) throws ImageCreationException {
        try {
            return reading.read();
        } catch (IndexOutOfBoundsException | BufferUnderflowException | ArithmeticException e) {
            throw new ImageCreationException(name + " is damaged: it points beyond its end", e);
        }
    }
}
