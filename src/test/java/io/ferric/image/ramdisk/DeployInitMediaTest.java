package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployInitMediaTest extends InitTestBase {
    private static final String THREE =
            "deployment_id=1-2\niscsi_target_iqn=iqn.x:1\nironic_api_url=http://10.0.0.1:6385\n";

    /** mount of a floppy shows what {@code content} says; other mounts succeed. */
    private void floppyHolds(String device, String content) {
        box.file("floppy/parameters.txt", content).file("floppy/token", "tok\ren\n");
        box.standIn(
                "mount",
                "case \"$*\" in \"-t vfat -o ro " + box.path("dev/" + device) + " \"*) cp " + box.path("floppy") + "/* "
                        + box.path("mnt/floppy") + ";; *) exit 1;; esac");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ir-vfd-dev", "IR-VFD-DEV"})
    void finds_the_floppy_by_its_label(String label) {
        box.disk("sda", 1, "removable=1").disk("sdb", 500);
        floppyHolds("sda", THREE);
        box.standIn("findfs", "[ \"$1\" = LABEL=" + label + " ] && echo /dev/sda");

        String output = box.run(
                "find_parameters; check_parameters && echo \"$FLOPPY $API_HOST $API_PORT $(param iscsi_target_iqn)\"");

        assertThat(output).isEqualTo("sda 10.0.0.1 6385 iqn.x:1");
        assertThat(box.console()).contains("floppy sda read: node 1-2, conductor http://10.0.0.1:6385");
        assertThat(box.called("umount")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model=Virtual Floppy", "model=VIRTUAL MEDIA", "vendor=iLO Virtual Media"})
    void finds_the_floppy_by_its_model(String attribute) {
        box.disk("sda", 500, "model=LOGICAL VOLUME").disk("sdb", 1, attribute);
        floppyHolds("sdb", THREE);
        box.standIn("findfs", "exit 1");

        assertThat(box.run("find_parameters; echo \"$FLOPPY\"")).isEqualTo("sdb");
    }

    @Test
    void does_not_believe_a_label_on_a_disk_that_is_not_removable() {
        box.disk("sda", 500);
        floppyHolds("sda", THREE);
        box.standIn("findfs", "echo /dev/sda");

        assertThat(box.run("read_any_floppy || echo none")).isEqualTo("none");
    }

    @Test
    void complains_about_a_missing_floppy_and_takes_a_late_one() {
        box.set("FLOPPY_LOOKS", "2").set("FLOPPY_LOOKS_AGAIN", "2").disk("sda", 500, "model=LOGICAL VOLUME");
        floppyHolds("sdb", THREE);
        box.standIn("findfs", "[ -e " + box.path("dev/sdb") + " ] && echo /dev/sdb");
        box.standIn("modprobe", "");
        Process process = box.boot("init");
        box.awaitConsole("Still looking");
        assertThat(box.console())
                .contains("ERROR: no virtual floppy with parameters.txt")
                .contains("disks seen: sda (LOGICAL VOLUME)");
        assertThat(process.isAlive()).isTrue();

        box.disk("sdb", 1, "removable=1");

        box.awaitConsole("floppy sdb read");
        assertThat(box.called("reboot")).isEmpty();
    }

    @Test
    void keeps_parameters_and_token_from_other_eyes() {
        box.disk("sda", 1, "removable=1");
        floppyHolds("sda", THREE);
        box.standIn("findfs", "echo /dev/sda");

        assertThat(box.run("find_parameters; cat $RUN/token; echo; ls -l $RUN/token $RUN/parameters | cut -c 1-10"))
                .isEqualTo("token\n-rw-------\n-rw-------");
    }

    @Test
    void reads_one_parameter_a_line_or_all_in_one_line_with_any_line_end() {
        box.file("in", "a=1\r\nb=two c=x=y\td=\r\ne=last\nrubbish\na=9");

        assertThat(box.run("split_parameters <$FERRIC_ROOT/in >$RUN/parameters\n"
                        + "for p in a b c d e f; do echo \"$p:$(param $p)\"; done"))
                .isEqualTo("a:9\nb:two\nc:x=y\nd:\ne:last\nf:");
    }

    @Test
    void never_runs_what_the_floppy_says() {
        String marker = box.path("hacked").toString();
        box.disk("sda", 1, "removable=1").disk("vda", 9);
        String evil = "$(touch${IFS}" + marker + ")";
        floppyHolds(
                "sda",
                "deployment_id=1\niscsi_target_iqn=" + evil + "\nironic_api_url=http://`touch${IFS}" + marker
                        + "`:1/'\"\nroot_device=model=" + evil + ",name='\";touch${IFS}" + marker
                        + ";\ndisk=" + evil + ",*\ndeployment_key=\";reboot;$(reboot)\nBOOTIF=" + evil + "\nferric_ip="
                        + evil
                        + "\n$(touch${IFS}" + marker + ")=x\n");
        box.standIn("findfs", "echo /dev/sda");
        box.card("eth0", "52:54:00:00:00:01", true).set("NIC_LOOKS", "1").set("DISK_LOOKS", "3");

        String output =
                box.run("find_parameters; check_parameters; start_network; choose_disk; param iscsi_target_iqn\n"
                        + "param deployment_key | json");

        assertThat(box.path("hacked")).doesNotExist();
        assertThat(box.called("reboot")).isEmpty();
        assertThat(output).endsWith(evil + "\n\\\";reboot;$(reboot)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment_id", "iscsi_target_iqn", "ironic_api_url"})
    void names_a_parameter_that_is_missing(String name) {
        box.parameters(THREE.replace(name, "other").split("\n"));

        assertThat(box.run("check_parameters || echo \"$FAULT\""))
                .isEqualTo("parameters.txt on the floppy lacks " + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h|http h 80 ",
                "https://h.example/ironic/|https h.example 443 /ironic",
                "http://[2001:db8::1]:6385|http 2001:db8::1 6385 ",
                "https://[::1]/x|https ::1 443 /x"
            })
    void takes_urls_apart(String pair) {
        String[] words = pair.split("\\|");

        assertThat(box.run("parse_api_url '" + words[0] + "'; echo \"$API_SCHEME $API_HOST $API_PORT $API_PATH|\""))
                .isEqualTo(words[1] + "|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h", "h:6385", "http://", "http://h:x", "http://user@h/", "http://h:"})
    void refuses_urls_it_cannot_call(String url) {
        assertThat(box.run("parse_api_url '" + url + "' || echo \"$FAULT\"")).contains("ironic_api_url is '" + url);
    }
}
