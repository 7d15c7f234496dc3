package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstanceInitTest extends InitTestBase {
    @BeforeEach
    void have_a_root_file_system() {
        box.set("ROOT_LOOKS", "3").set("STAY_SECONDS", "0.1");
        box.file("dev/vda1", "").file("proc/partitions", "major minor  #blocks  name\n\n 254 1 64 vda1\n");
        box.file("root/sbin/init", "").standIn("findfs", "[ \"$1\" = UUID=ab-1 ] && echo /dev/vda1");
    }

    private void boot(String kernelLine) throws InterruptedException {
        box.file("proc/cmdline", kernelLine + "\n");
        box.standIn("switch_root", "echo switched >>" + box.path("dev/console"));
        Process process = box.boot("instance-init");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void mounts_the_root_read_only_and_hands_over() throws Exception {
        boot("quiet root=UUID=ab-1 console=ttyS0");

        assertThat(box.called("mount")).contains("mount -t ext4 -o ro /dev/vda1 " + box.path("root"));
        assertThat(box.called("switch_root")).containsExactly("switch_root " + box.path("root") + " /sbin/init");
    }

    @Test
    void obeys_rw_and_init() throws Exception {
        box.file("root/bin/mine", "");
        boot("root=UUID=ab-1 ro rw init=/bin/mine rootfstype=xfs");

        assertThat(box.called("mount")).contains("mount -t xfs -o rw /dev/vda1 " + box.path("root"));
        assertThat(box.called("switch_root")).containsExactly("switch_root " + box.path("root") + " /bin/mine");
    }

    @Test
    void tries_one_type_after_the_other_so_that_only_those_modules_are_loaded() throws Exception {
        box.standIn("mount", "case \"$*\" in *ext4*vda1*) exit 1;; esac");
        boot("root=UUID=ab-1");

        assertThat(box.called("mount").stream().filter(call -> call.contains("vda1")))
                .containsExactly(
                        "mount -t ext4 -o ro /dev/vda1 " + box.path("root"),
                        "mount -t xfs -o ro /dev/vda1 " + box.path("root"));
    }

    @Test
    void says_which_disks_there_are_when_none_is_the_root() {
        box.file("proc/cmdline", "root=UUID=ff\n");
        Process process = box.boot("instance-init");

        box.awaitConsole("ferric: ERROR: no disk holds UUID=ff; there are:  254 1 64 vda1");
        assertThat(process.isAlive()).isTrue();
        assertThat(box.called("switch_root")).isEmpty();
    }

    @Test
    void says_so_when_the_root_cannot_be_mounted() {
        box.file("proc/cmdline", "root=UUID=ab-1\n");
        box.standIn("mount", "case \"$*\" in *vda1*) exit 1;; esac");
        box.boot("instance-init");

        box.awaitConsole("ferric: ERROR: /dev/vda1 (UUID=ab-1) cannot be mounted");
    }
}
