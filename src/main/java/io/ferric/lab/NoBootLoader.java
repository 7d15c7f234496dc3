package io.ferric.lab;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A boot image for discs where no isolinux.bin is at hand. Started by a real BIOS, it prints that no boot loader is
 * installed and halts; the pretend servers know it and go on as if isolinux were there.
 *
 * <p>2048 bytes. The code begins with a jump over bytes 2 to 63, so that a boot information table in bytes 8 to 63 does
 * no harm, and it does not care whether it was loaded to 0000:7C00 or 07C0:0000. The source (8086, 16 bit):
 *
 * <pre>
 *   00  EB 3E        jmp   short 40h
 *   02  "NOBOOT"                    ; by which the lab knows it; then free up to 40h
 *   40  FA           cli
 *   41  FC           cld
 *   42  0E           push  cs
 *   43  1F           pop   ds
 *   44  E8 00 00     call  47h      ; pushes the address of the next instruction
 *   47  5E           pop   si
 *   48  83 C6 15     add   si, 15h  ; the text at 5Ch
 *   4B  AC           lodsb
 *   4C  84 C0        test  al, al
 *   4E  74 09        jz    59h
 *   50  B4 0E        mov   ah, 0Eh  ; BIOS: teletype output
 *   52  BB 07 00     mov   bx, 7    ; page 0, light grey
 *   55  CD 10        int   10h
 *   57  EB F2        jmp   short 4Bh
 *   59  F4           hlt
 *   5A  EB FD        jmp   short 59h
 *   5C  text, zero
 * </pre>
 */
public final class NoBootLoader {
    private static final int SIZE = 2048;
    private static final int CODE = 0x40;
    private static final byte[] MARK = "NOBOOT".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MACHINE_CODE =
            HexFormat.of().parseHex("fafc0e1fe800005e83c615ac84c07409b40ebb0700cd10ebf2f4ebfd");
    private static final String TEXT = "\r\nFerric lab: this disc was made without a boot loader.\r\n"
            + "Install isolinux on the conductor and deploy again.\r\n\0";

    private NoBootLoader() {}

    /** The boot image; a new array each time. */
    public static byte[] image() {
        byte[] image = new byte[SIZE];
        image[0] = (byte) 0xEB;
        image[1] = CODE - 2;
        System.arraycopy(MARK, 0, image, 2, MARK.length);
        System.arraycopy(MACHINE_CODE, 0, image, CODE, MACHINE_CODE.length);
        byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, image, CODE + MACHINE_CODE.length, text.length);
        return image;
    }

    /** Says whether a boot image begins as this one does. */
    public static boolean is(byte[] image) {
        return image.length >= 2 + MARK.length && Arrays.equals(image, 2, 2 + MARK.length, MARK, 0, MARK.length);
    }
}
