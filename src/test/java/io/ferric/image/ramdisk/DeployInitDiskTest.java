package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployInitDiskTest extends InitTestBase {
    private static final String LIST = "disk=cciss/c0d0,sda,hda,vda";

    @BeforeEach
    void wait_shortly() {
        box.set("DISK_LOOKS", "3").set("MATCH_LOOKS", "3");
    }

    private String choose(String... parameters) {
        box.parameters(parameters);
        return box.run("FLOPPY=sdz; choose_disk && echo \"$DISK\" || echo \"ERROR $FAULT\"");
    }

    @Test
    void takes_no_disk_for_a_name_that_depends_on_the_order_of_finding() {
        box.disk("sda", 10).disk("sdb", 500);

        assertThat(choose(LIST)).startsWith("ERROR two disks match because properties/root_device is not set: sda ");
    }

    @Test
    void takes_the_one_disk_whose_name_in_the_list_can_be_relied_on() {
        box.disk("vda", 10).disk("sda", 10).disk("sdb", 500);
        assertThat(choose(LIST)).isEqualTo("vda");

        box.disk("cciss!c0d0", 10);
        assertThat(choose(LIST)).startsWith("ERROR several disks match because properties/root_device is not set");
    }

    @Test
    void waits_until_no_disk_has_appeared_for_some_looks() {
        box.set("DISK_LOOKS", "20").set("QUIET_LOOKS", "4").disk("sda", 10).disk("sdb", 10);
        String sdb = box.path("sys/block/sdb").toString();

        assertThat(box.run(
                        "mv " + sdb + " " + sdb + ".late; LOOKED=0; sleep() { LOOKED=$((LOOKED + 1)); [ $LOOKED -ne 3 ]"
                                + " || mv " + sdb + ".late " + sdb + "; }; rm -r " + box.path("sys/kernel")
                                + " 2>/dev/null; usable_disks() { ls $SYS/block | grep -v late; }; choose_disk || echo \"$FAULT\";"
                                + " echo $LOOKED"))
                .startsWith("two disks match")
                .endsWith("\n7");
    }

    @Test
    void waits_for_a_storage_controller_that_has_shown_no_disk_but_not_for_ever() {
        box.set("DISK_LOOKS", "20").disk("sda", 10);
        String raid = "sys/bus/pci/devices/0000:03:00.0/";
        box.file("sys/bus/pci/devices/0000:00:1f.2/class", "0x010601\n")
                .file("sys/bus/pci/devices/0000:00:1f.2/driver/x", "")
                .file("sys/bus/pci/devices/0000:04:00.0/class", "0x010400\n")
                .file(raid + "class", "0x010400\n")
                .file(raid + "driver/x", "");
        String counting = "sleep() { LOOKED=$((LOOKED + 1)); [ $LOOKED -ne 5 ] || mkdir -p $LATE; }; LOOKED=0;"
                + " choose_disk; echo $LOOKED $DISK";

        assertThat(box.run("LATE=" + box.path("nothing") + "; " + counting)).isEqualTo("19 sda");
        assertThat(box.run("LATE=" + box.path(raid + "host0/target0/block/sdc") + "; " + counting))
                .isEqualTo("5 sda");
    }

    @Test
    void knows_how_the_kernel_writes_a_slash() {
        box.disk("sda", 10).disk("cciss!c0d0", 10);

        assertThat(choose(LIST)).isEqualTo("cciss!c0d0");
        assertThat(box.console()).contains("disk: cciss/c0d0 (10 GiB)");
    }

    @Test
    void takes_the_only_disk_whatever_its_name() {
        box.disk("nvme0n1", 10).disk("sda", 1, "removable=1").disk("sr0", 1);

        assertThat(choose(LIST)).isEqualTo("nvme0n1");
    }

    @Test
    void never_offers_what_is_not_a_disk_of_the_server() {
        box.disk("sda", 1, "model=Virtual Media")
                .disk("sdb", 0)
                .disk("sdc", 9, "ro=1")
                .disk("sdd", 9, "removable=1")
                .disk("sdz", 9)
                .disk("sde", 9, "hidden=1")
                .disk("loop0", 9)
                .disk("ram0", 9)
                .disk("sr0", 9)
                .disk("fd0", 9)
                .disk("dm-0", 9);

        assertThat(choose(LIST))
                .startsWith("ERROR no disk found; block devices: ")
                .contains("sda (Virtual Media)")
                .contains("storage controller");
    }

    @Test
    void says_which_two_disks_match() {
        box.disk("sdb", 10, "model=A", "vendor=HP").disk("sdc", 20, "model=B");

        assertThat(choose(LIST))
                .isEqualTo("ERROR two disks match because properties/root_device is not set: sdb (HP A, 10 GiB) and"
                        + " sdc (B, 20 GiB). Give a hint that only one of them has, such as serial or wwn");
    }

    @Test
    void a_hint_that_two_disks_match_is_an_error_even_when_the_list_names_one() {
        box.disk("sda", 10, "model=A").disk("sdb", 10, "model=A").disk("sdc", 20, "model=A");

        assertThat(choose(LIST, "root_device=model=a,size=10"))
                .startsWith("ERROR two disks match model=a,size=10: sda (A, 10 GiB) and sdb (A, 10 GiB)");
        assertThat(choose(LIST, "root_device=model=a")).startsWith("ERROR several disks match model=a: sda ");
    }

    @Test
    void lists_the_disks_when_no_hint_matches() {
        box.disk("sda", 10, "model=LOGICAL VOLUME", "vendor=HP", "wwid=naa.600508b1001c1111")
                .disk("sdb", 20);

        assertThat(choose(LIST, "root_device=serial=X1"))
                .isEqualTo("ERROR no disk matches serial=X1; there are:"
                        + " sda (HP LOGICAL VOLUME, 10 GiB, wwn 0x600508b1001c1111) and sdb (20 GiB)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size=10",
                "model=LOGICAL%20VOLUME",
                "model=logical%20volume,vendor=hp",
                "serial=PDNLH0BRH8R0A1",
                "serial=600508b1001c16aa0d3c3f3a6f0b1f5e",
                "wwn=0x600508b1001c16aa0d3c3f3a6f0b1f5e",
                "wwn=0x600508B1001C16AA",
                "name=sdb",
                "name=%2Fdev%2Fsdb",
                "model=LOGICAL%20VOLUME,name=%2Fdev%2Fsdb,size=10,vendor=HP"
            })
    void finds_the_disk_that_has_every_hint(String hints) {
        box.disk("sda", 11, "model=LOGICAL", "vendor=DELL", "wwid=naa.5000c50012345678")
                .disk("sdb", 10, "model=LOGICAL VOLUME   ", "vendor=HP      ", "size=22000000");
        box.file("sys/block/sdb/device/wwid", "naa.600508b1001c16aa0d3c3f3a6f0b1f5e\n");
        box.file("sys/block/sdb/device/vpd_pg80", "\0\200\0\16PDNLH0BRH8R0A1".replace("\200", "\u0001"));

        assertThat(choose(LIST, "root_device=" + hints)).isEqualTo("sdb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size=9",
                "model=LOGICAL",
                "model=*",
                "wwn=0x",
                "wwn=",
                "serial=",
                "name=sd*",
                "wwn=0x6005",
                "color=red"
            })
    void does_not_take_a_disk_that_has_not(String hints) {
        box.disk("sda", 10, "model=LOGICAL VOLUME", "wwid=naa.600508b1001c16aa0d3c3f3a6f0b1f5e");

        assertThat(choose(LIST, "root_device=" + hints)).startsWith("ERROR no disk matches " + hints);
    }

    @Test
    void reads_the_serial_of_nvme_and_virtio_disks() {
        box.disk("vda", 10, "serial=V1");
        box.disk("nvme0n1", 10, "wwid=eui.0025385b71b00d4e").file("sys/block/nvme0n1/device/serial", "S4   \n");

        assertThat(choose(LIST, "root_device=serial=v1")).isEqualTo("vda");
        assertThat(choose(LIST, "root_device=serial=S4")).isEqualTo("nvme0n1");
        assertThat(choose(LIST, "root_device=wwn=0x0025385b71b00d4e")).isEqualTo("nvme0n1");
    }

    @Test
    void decodes_every_percent_once() {
        assertThat(box.run("printf '%s' '%41%2541%zz%2a*%5C%22' | percent_decode"))
                .isEqualTo("A%41%zz**\\\"");
    }
}
