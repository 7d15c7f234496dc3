package io.ferric.lab.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a QEMU leaves behind when it ends; a shell script plays QEMU. */
class QemuProcessTest {
    private static final int PATIENCE_SECONDS = 60;

    private static final String GREETS = """
            echo '{"QMP": {}}'; read -r line; echo '{"return": {}, "id": 1}'
            read -r line; echo '{"return": {}, "id": 2}'
            """;

    private static final String RESETS = "echo '{\"event\": \"SHUTDOWN\", \"data\": {\"reason\": \"guest-reset\"}}'\n";

    @TempDir
    private Path folder;

    @RepeatedTest(200)
    void knows_that_the_guest_reset_by_the_time_it_tells_of_its_end() throws Exception {
        assertThat(shutdownReason(GREETS + RESETS)).isEqualTo("guest-reset");
    }

    @Test
    void a_child_that_holds_the_pipe_does_not_hide_the_end() throws Exception {
        assertThat(shutdownReason(GREETS + "sleep 30 & echo $! >" + folder.resolve("child") + "\n" + RESETS))
                .isEqualTo("guest-reset");
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** What the process gives as reason at the moment at which it calls back. */
    private String shutdownReason(String script) throws Exception {
        CompletableFuture<String> reason = new CompletableFuture<>();
        try (QemuProcess qemu = QemuProcess.start(List.of("/bin/sh", "-c", script), folder.resolve("errors"))) {
            qemu.whenEnded(ended -> reason.complete(ended.shutdownReason()));
            qemu.execute("cont", Map.of());
            return reason.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
