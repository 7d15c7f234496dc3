package io.ferric.lab;

import io.ferric.lab.media.Blocks;
import io.ferric.lab.media.FatReader;
import io.ferric.lab.media.MediaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Starts from an EFI system partition as UEFI firmware does, where no boot entry names another program. */
final class EfiPartition {
    private static final String BOOT_PROGRAM = "EFI/BOOT/BOOTX64.EFI";
    private static final String BEHIND_SHIM = "grubx64.efi";
    private static final int PE_OFFSET = 0x3C;
    private static final int PE_MAGIC = 0x4550;
    private static final int X64 = 0x8664;

    private EfiPartition() {}

    /**
     * Loads the boot program, and behind a shim the one that it starts.
     *
     * @return whether it is only {@link NoEfiLoader}
     */
    static boolean load(Blocks partition) throws IOException {
        FatReader volume = FatReader.open(partition);
        byte[] program = loadProgram(volume, BOOT_PROGRAM);
        String name = new String(BEHIND_SHIM.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        if (new String(program, StandardCharsets.ISO_8859_1).contains(name)) {
            loadProgram(volume, "EFI/BOOT/" + BEHIND_SHIM);
        }
        return NoEfiLoader.is(program);
    }

    private static byte[] loadProgram(FatReader volume, String path) throws IOException {
        byte[] program = volume.read(path);
        ByteBuffer headers = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
        int pe = program.length > PE_OFFSET + 4 ? headers.getInt(PE_OFFSET) : -1;
        boolean runs = pe > 0
                && pe < program.length - 24
                && program[0] == 'M'
                && program[1] == 'Z'
                && headers.getInt(pe) == PE_MAGIC
                && (headers.getShort(pe + 4) & 0xFFFF) == X64;
        if (!runs) {
            throw new MediaException(path + " is no program that this firmware can start");
        }
        return program;
    }
}
