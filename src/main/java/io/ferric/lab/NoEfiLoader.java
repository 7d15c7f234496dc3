package io.ferric.lab;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An EFI program for discs where no GRUB is at hand, as {@link NoBootLoader} is for BIOS. Started by real UEFI
 * firmware, it prints that no boot loader is installed and hands back that nothing was found; the pretend servers know
 * it and go on as if GRUB were there.
 *
 * <p>1024 bytes: a PE32+ image with one section of code that runs at any address (Microsoft PE format; UEFI
 * specification, section 2.1.1). The source (x86-64; the firmware passes the image handle in rcx, the system table in
 * rdx):
 *
 * <pre>
 *   00  48 83 EC 28        sub   rsp, 28h
 *   04  48 8B 4A 40        mov   rcx, [rdx+40h]   ; ConOut
 *   08  48 8D 15 13000000  lea   rdx, [22h]       ; the text
 *   0F  FF 51 08           call  [rcx+8]          ; OutputString
 *   12  48 B8 ...          mov   rax, 800000000000000Eh   ; EFI_NOT_FOUND
 *   1C  48 83 C4 28        add   rsp, 28h
 *   20  C3                 ret
 *   22  text in UTF-16, zero
 * </pre>
 */
public final class NoEfiLoader {
    private static final int SIZE = 1024;
    private static final int PE = 0x40;
    private static final int OPTIONAL_HEADER = PE + 24;
    private static final int OPTIONAL_HEADER_SIZE = 240;
    private static final int SECTION = OPTIONAL_HEADER + OPTIONAL_HEADER_SIZE;
    private static final int CODE = 0x200;
    private static final int CODE_ADDRESS = 0x1000;
    private static final int TEXT = CODE + 0x22;
    private static final int MARK_AT = 2;
    private static final byte[] MARK = "NOBOOT".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MACHINE_CODE =
            HexFormat.of().parseHex("4883ec28488b4a40488d1513000000ff510848b80e000000000000804883c428c3");
    private static final String MESSAGE = "\r\nFerric lab: this disc was made without a boot loader for UEFI.\r\n"
            + "Install GRUB on the conductor and deploy again.\r\n\0";

    private NoEfiLoader() {}

    /** The program; a new array each time. */
    public static byte[] image() {
        ByteBuffer image = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        image.put(0, new byte[] {'M', 'Z'}).put(MARK_AT, MARK).putInt(0x3C, PE);
        putCoffHeader(image);
        putOptionalHeader(image);
        putSection(image);
        image.put(CODE, MACHINE_CODE).put(TEXT, MESSAGE.getBytes(StandardCharsets.UTF_16LE));
        return image.array();
    }

    /** Says whether a program begins as this one does. */
    public static boolean is(byte[] program) {
        int end = MARK_AT + MARK.length;
        return program.length >= end && Arrays.equals(program, MARK_AT, end, MARK, 0, MARK.length);
    }

    /** For x86-64, one section, executable. */
    private static void putCoffHeader(ByteBuffer image) {
        image.put(PE, new byte[] {'P', 'E'}).putShort(PE + 4, (short) 0x8664).putShort(PE + 6, (short) 1);
        image.putShort(PE + 20, (short) OPTIONAL_HEADER_SIZE).putShort(PE + 22, (short) 0x22);
    }

    /** PE32+, an EFI application; no data directories, so no relocations. */
    private static void putOptionalHeader(ByteBuffer image) {
        image.putShort(OPTIONAL_HEADER, (short) 0x20B).putInt(OPTIONAL_HEADER + 4, SIZE - CODE);
        image.putInt(OPTIONAL_HEADER + 16, CODE_ADDRESS).putInt(OPTIONAL_HEADER + 20, CODE_ADDRESS);
        image.putInt(OPTIONAL_HEADER + 32, 0x1000).putInt(OPTIONAL_HEADER + 36, CODE);
        image.putInt(OPTIONAL_HEADER + 56, 2 * CODE_ADDRESS).putInt(OPTIONAL_HEADER + 60, CODE);
        image.putShort(OPTIONAL_HEADER + 68, (short) 10).putInt(OPTIONAL_HEADER + 108, 16);
    }

    private static void putSection(ByteBuffer image) {
        image.put(SECTION, ".text".getBytes(StandardCharsets.US_ASCII));
        image.putInt(SECTION + 8, SIZE - CODE).putInt(SECTION + 12, CODE_ADDRESS);
        image.putInt(SECTION + 16, SIZE - CODE).putInt(SECTION + 20, CODE);
        image.putInt(SECTION + 36, 0x60000020);
    }
}
