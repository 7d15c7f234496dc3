package io.ferric.lab.qemu;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProgramTest {
    @TempDir
    private Path folder;

    @Test
    void ends_the_program_when_it_is_interrupted() throws Exception {
        Path pid = folder.resolve("pid");
        ExecutorService runner = Executors.newSingleThreadExecutor();
        try {
            Future<?> run = runner.submit(() -> {
                HostProgram.run(List.of(
                        "/bin/sh", "-c", "echo $$ >" + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 55"));
                return null;
            });
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(pid));
            ProcessHandle program = ProcessHandle.of(
                            Long.parseLong(Files.readString(pid).strip()))
                    .orElseThrow();
            runner.shutdownNow();

            assertThatThrownBy(run::get).hasMessageContaining("interrupted while /bin/sh ran");
            await().atMost(Duration.ofSeconds(40)).until(() -> !program.isAlive());
        } finally {
            runner.shutdownNow();
        }
    }

    @Test
    void repeats_what_a_program_that_fails_says() {
        assertThatThrownBy(() -> HostProgram.run(List.of("/bin/sh", "-c", "echo no space; exit 3")))
                .hasMessage("/bin/sh failed: no space");
    }
}
