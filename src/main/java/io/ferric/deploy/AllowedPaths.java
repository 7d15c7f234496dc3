package io.ferric.deploy;

import java.nio.file.Path;
import java.util.List;

/** STUB */
public final class AllowedPaths {
    private final List<Path> folders;

    public AllowedPaths(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /**
     * The real path of a {@code file://} reference.
     *
     * @throws io.ferric.node.InvalidRequest with {@code ImageRefValidationFailed} and the reason
     */
    public Path resolve(String reference) {
        throw new UnsupportedOperationException(folders.toString());
    }
}
