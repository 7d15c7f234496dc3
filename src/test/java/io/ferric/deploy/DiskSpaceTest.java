package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.FaultCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {
    private static final Path TARGET = Path.of("/target");
    private final List<String> asked = new ArrayList<>();
    private final FakeVolume volume = new FakeVolume();
    private long freed;

    @Test
    void cleans_nothing_when_there_is_room() {
        volume.capacity(100, null);
        new DiskSpace(volume, List.of(cache("/a", 50, 1000))).ensure(TARGET, 100);

        assertThat(asked).isEmpty();
    }

    @Test
    void asks_one_cache_for_just_what_is_missing() {
        volume.capacity(60, null);
        new DiskSpace(volumeThatFrees(), List.of(cache("/a", 50, 40))).ensure(TARGET, 100);

        assertThat(asked).containsExactly("/a 40");
    }

    @Test
    void asks_caches_by_priority_until_there_is_room() {
        volume.capacity(10, null);
        new DiskSpace(
                        volumeThatFrees(),
                        List.of(cache("/low", 20, 500), cache("/high", 50, 30), cache("/none", 10, 500)))
                .ensure(TARGET, 100);

        assertThat(asked).containsExactly("/high 90", "/low 60");
    }

    @Test
    void leaves_caches_on_other_file_systems_alone() {
        volume.capacity(60, null).device(Path.of("/other"), "another disk");
        new DiskSpace(volumeThatFrees(), List.of(cache("/other", 90, 500), cache("/a", 50, 500))).ensure(TARGET, 100);

        assertThat(asked).containsExactly("/a 40");
    }

    @Test
    void fails_when_all_caches_together_give_too_little() {
        volume.capacity(10, null);

        assertThatThrownBy(() -> new DiskSpace(volumeThatFrees(), List.of(cache("/a", 50, 20), cache("/b", 40, 20)))
                        .ensure(TARGET, 100))
                .hasMessageContaining("Disk volume where /target is located")
                .extracting("code")
                .isEqualTo(FaultCode.INSUFFICIENT_DISK_SPACE);
        assertThat(asked).containsExactly("/a 90", "/b 70");
    }

    private Volume volumeThatFrees() {
        return new Volume() {
            @Override
            public long free(Path folder) throws IOException {
                return volume.free(folder) + freed;
            }

            @Override
            public Object device(Path folder) {
                return volume.device(folder);
            }
        };
    }

    private Reclaimable cache(String folder, int priority, long gives) {
        return new Reclaimable() {
            @Override
            public Path folder() {
                return Path.of(folder);
            }

            @Override
            public int priority() {
                return priority;
            }

            @Override
            public long reclaim(long bytes) {
                asked.add(folder + " " + bytes);
                freed += gives;
                return gives;
            }
        };
    }
}
