package io.ferric.image.ramdisk;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fresh sandbox for each test; {@link DeployInitBusyboxIT} runs the same tests by the ramdisk's own shell. */
abstract class InitTestBase {
    @TempDir
    Path folder;

    InitSandbox box;

    List<String> shell() {
        return InitSandbox.anyShell();
    }

    @BeforeEach
    void make_sandbox() {
        box = new InitSandbox(folder, shell());
    }

    @AfterEach
    void end_processes() {
        if (box != null) {
            box.close();
        }
    }
}
