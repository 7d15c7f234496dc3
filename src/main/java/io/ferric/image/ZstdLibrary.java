package io.ferric.image;

import com.github.luben.zstd.util.Native;

/** The machine code that zstd needs, which comes with the program but not for every machine. */
final class ZstdLibrary {
    private ZstdLibrary() {}

    static void require() throws UnreadableImageException {
        try {
            Native.load();
        } catch (LinkageError e) {
            throw new UnreadableImageException(
                    "it is compressed by zstd, which does not run on this machine: " + e.getMessage()
                            + "; cure: -DZstdTempFolder=DIR with a folder from which programs may run",
                    e);
        }
    }
}
