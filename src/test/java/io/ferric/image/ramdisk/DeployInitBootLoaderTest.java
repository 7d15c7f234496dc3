package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeployInitBootLoaderTest extends InitTestBase {
    @BeforeEach
    void have_a_written_disk() {
        box.set("TARGET_LOOKS", "3").disk("sda", 10);
        for (int i = 1; i <= 4; i++) {
            box.file("sys/block/sda/sda" + i + "/partition", i + "\n");
        }
        box.standIn("findfs", "[ \"$1\" = LABEL=config-2 ] && echo /dev/sda4");
        // sda1 is the ESP, sda2 swap, sda3 root (xfs), sda4 a config drive that pretends to be a root file system.
        box.standIn(
                "mount",
                "case \"$*\" in *' vfat '*sda1*) ;; *' xfs '*sda3*|*' ext4 '*sda4*) mkdir -p '"
                        + box.path("mnt/root/etc") + "' ;; *bind*|*tmpfs*) ;; *) exit 32;; esac");
    }

    private String install(String bootMode, String... programs) {
        box.parameters("boot_mode=" + bootMode);
        for (String program : programs) {
            box.file("mnt/root" + program, "");
        }
        return box.run("DISK=sda; install_boot_loader && echo OK || echo \"ERROR $FAULT\"");
    }

    @Test
    void installs_grub_for_bios_onto_the_disk() {
        assertThat(install("bios", "/usr/sbin/grub-install", "/usr/sbin/grub-mkconfig"))
                .isEqualTo("OK");

        String root = box.path("mnt/root").toString();
        assertThat(box.called("chroot"))
                .containsExactly(
                        "chroot " + root + " /usr/sbin/grub-install --target=i386-pc /dev/sda",
                        "chroot " + root + " /usr/sbin/grub-mkconfig -o /boot/grub/grub.cfg");
        assertThat(box.called("blockdev")).containsExactly("blockdev --rereadpt " + box.path("dev/sda"));
        assertThat(box.called("mount")).contains("mount -o bind " + box.path("dev") + " " + root + "/dev");
        assertThat(box.called("mount")).contains("mount -t tmpfs -o mode=0755 run " + root + "/run");
        assertThat(box.called("mount")).noneMatch(line -> line.contains("bind " + box.path("run")));
        assertThat(box.called()).endsWith("umount " + root);
        assertThat(box.console()).contains("root file system: xfs on sda3");
    }

    @Test
    void installs_grub_for_uefi_where_every_firmware_looks() {
        assertThat(install("uefi", "/sbin/grub2-install", "/usr/sbin/grub2-mkconfig"))
                .isEqualTo("OK");

        String root = box.path("mnt/root").toString();
        assertThat(box.called("chroot").get(0))
                .matches("chroot " + root + " /sbin/grub2-install --target=(x86_64|arm64)-efi"
                        + " --efi-directory=/boot/efi --removable --no-nvram --force");
        assertThat(box.called("chroot").get(1)).endsWith("/usr/sbin/grub2-mkconfig -o /boot/grub2/grub.cfg");
        assertThat(box.called("mount")).contains("mount -t vfat " + box.path("dev/sda1") + " " + root + "/boot/efi");
    }

    @Test
    void an_image_without_grub_is_an_error_in_plain_words() {
        assertThat(install("bios"))
                .isEqualTo(
                        "ERROR the image has neither grub-install nor grub2-install; put GRUB into it, or deploy with"
                                + " boot_option netboot");
        assertThat(box.called()).endsWith("umount " + box.path("mnt/root"));
    }

    @Test
    void repeats_what_grub_said() {
        box.standIn("chroot", "echo 'grub-install: error: embedding is not possible.' >&2; exit 1");

        assertThat(install("bios", "/usr/bin/grub-install"))
                .isEqualTo("ERROR /usr/bin/grub-install of the image failed: grub-install: error: embedding is not"
                        + " possible.");
    }

    @Test
    void says_so_when_there_is_no_root_file_system_or_no_esp_or_no_table() {
        box.standIn("mount", "exit 32");
        assertThat(install("bios")).startsWith("ERROR no root file system on sda:");

        box.standIn(
                "mount",
                "case \"$*\" in *' xfs '*sda3*) mkdir -p '" + box.path("mnt/root/etc")
                        + "';; *vfat*) exit 32;; *bind*|*tmpfs*) ;; *) exit 32;; esac");
        assertThat(install("uefi", "/sbin/grub-install"))
                .isEqualTo("ERROR boot_mode is uefi, but sda has no EFI system partition");

        box.standIn("blockdev", "exit 1");
        assertThat(install("bios")).startsWith("ERROR the partition table of sda cannot be read again");
    }

    /** What grub-probe, grub-install and grub-mkconfig do inside the image, as far as it matters here. */
    private void have_grub(String probe, String mkconfig) {
        box.standIn(
                "chroot",
                "case \"$*\" in *fs_uuid*) " + probe + ";; *partuuid*) echo 0a1b-03;; *mkconfig*) " + mkconfig
                        + ";; esac");
    }

    @Test
    void the_menu_can_find_root_by_its_uuid() throws Exception {
        Path uuid = box.path("dev/disk/by-uuid/e8f0-11");
        Path menu = box.path("mnt/root/boot/grub/grub.cfg");
        have_grub(
                "echo e8f0-11",
                "[ ! -L '" + uuid + "' ] || echo ' linux /vmlinuz root=UUID=e8f0-11 ro' >'" + menu + "'");

        assertThat(install("bios", "/usr/sbin/grub-install", "/usr/sbin/grub-mkconfig", "/usr/sbin/grub-probe"))
                .isEqualTo("OK");
        assertThat(menu).hasContent(" linux /vmlinuz root=UUID=e8f0-11 ro");
        assertThat(Files.readSymbolicLink(uuid)).hasToString("../../sda3");
        assertThat(Files.readSymbolicLink(box.path("dev/disk/by-partuuid/0a1b-03")))
                .hasToString("../../sda3");
    }

    @Test
    void a_menu_with_a_name_that_may_change_is_an_error() {
        Path menu = box.path("mnt/root/boot/grub/grub.cfg");
        have_grub("exit 1", "printf '# root=/dev/x\\n\\tlinux /vmlinuz root=/dev/sda3 ro\\n' >'" + menu + "'");

        assertThat(install("bios", "/usr/sbin/grub-install", "/usr/sbin/grub-mkconfig", "/usr/sbin/grub-probe"))
                .startsWith("ERROR grub-mkconfig of the image did not find the UUID of sda3 and wrote 'root=/dev/sda3',"
                        + " which may name another disk");
    }

    @Test
    void the_image_sees_neither_key_nor_token() {
        String run = box.path("run/ferric").toString();
        box.standIn(
                "chroot",
                "cat " + run + "/parameters " + run + "/token " + run + "/body; ls " + run + " >'" + box.path("seen")
                        + "'");
        box.file("run/ferric/token", "TOKEN").file("run/ferric/body", "KEY").file("run/ferric/headers", "TOKEN");

        assertThat(install("bios", "/usr/sbin/grub-install")).isEqualTo("OK");
        assertThat(box.path("seen")).content().doesNotContain("token", "parameters", "body", "headers");
        assertThat(box.path("run/ferric/grub.log")).content().doesNotContain("TOKEN", "bios", "KEY");
        assertThat(box.path("run/ferric/token")).hasContent("TOKEN");
        assertThat(box.path("run/ferric/parameters")).hasContent("boot_mode=bios");
    }
}
