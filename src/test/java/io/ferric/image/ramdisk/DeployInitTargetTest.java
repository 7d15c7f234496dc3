package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeployInitTargetTest extends InitTestBase {
    @BeforeEach
    void have_a_disk_and_a_daemon() {
        box.set("TARGET_LOOKS", "50").parameters("iscsi_target_iqn=iqn.x:1");
        box.standIn("tgtd", "exec sleep 60");
    }

    @Test
    void offers_the_disk_as_lun_1_to_anyone() {
        assertThat(box.run("DISK='cciss!c0d0'; open_target && echo \"up$FAULT\"; kill -0 $TGTD && close_target;"
                        + " kill -0 $TGTD 2>/dev/null || echo gone"))
                .isEqualTo("up\ngone");
        assertThat(box.called("tgtd")).containsExactly("tgtd -f");
        assertThat(box.called("tgtadm"))
                .containsExactly(
                        "tgtadm --lld iscsi --mode sys --op show",
                        "tgtadm --lld iscsi --mode target --op new --tid 1 --targetname iqn.x:1",
                        "tgtadm --lld iscsi --mode logicalunit --op new --tid 1 --lun 1 --backing-store "
                                + box.path("dev/cciss/c0d0"),
                        "tgtadm --lld iscsi --mode target --op bind --tid 1 --initiator-address ALL",
                        "tgtadm --lld iscsi --mode target --op delete --force --tid 1",
                        "tgtadm --lld iscsi --mode sys --op delete");
        assertThat(box.console()).contains("iqn.x:1 offers cciss/c0d0");
    }

    @Test
    void repeats_what_tgtadm_said() {
        box.standIn("tgtadm", "case \"$*\" in *logicalunit*) echo 'tgtadm: invalid request' >&2; exit 22;; esac");

        assertThat(box.run("DISK=sda; open_target || echo \"$FAULT\"; kill $TGTD"))
                .isEqualTo("the iSCSI target could not be set up (tgtadm logicalunit new): tgtadm: invalid request");
    }

    @Test
    void repeats_what_tgtd_said_when_it_does_not_start() {
        box.set("TARGET_LOOKS", "30")
                .standIn("tgtd", "echo 'tgtd: cannot listen'; exit 1")
                .standIn("tgtadm", "exit 107");

        assertThat(box.run("DISK=sda; open_target || echo \"$FAULT\""))
                .isEqualTo("tgtd does not start: tgtd: cannot listen");
    }

    @Test
    void ends_a_daemon_that_does_not_want_to() {
        box.set("TARGET_LOOKS", "5").standIn("tgtd", "trap '' TERM; for i in $(seq 200); do sleep 0.1; done");

        assertThat(box.run("DISK=sda; open_target; close_target; kill -0 $TGTD 2>/dev/null || echo gone"))
                .isEqualTo("gone");
    }
}
