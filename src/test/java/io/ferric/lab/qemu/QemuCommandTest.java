package io.ferric.lab.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.lab.ilo.BootAttempt;
import io.ferric.lab.ilo.BootTarget;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.ilo.MediaDevice;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QemuCommandTest {
    private static final List<BootTarget> ORDER = List.of(BootTarget.HDD, BootTarget.CDROM, BootTarget.NETWORK);

    @Test
    void boots_in_the_order_of_the_ilo() throws Exception {
        List<String> words = command(Bus.VIRTIO, Map.of());

        assertThat(word(words, "id=hd0")).endsWith("bootindex=0");
        assertThat(word(words, "id=cd0")).contains("bootindex=1");
        assertThat(word(words, "id=fd0")).doesNotContain("bootindex");
    }

    @Test
    void empty_drives_are_there_and_full_ones_hold_the_copy_whatever_its_name() throws Exception {
        List<String> words = command(Bus.USB, Map.of(MediaDevice.CDROM, Path.of("/a,b/cd.iso")));

        assertThat(word(words, "id=fdd")).isEqualTo("if=none,id=fdd");
        assertThat(word(words, "id=cdd")).endsWith(",format=raw,file=/a,,b/cd.iso");
        assertThat(word(words, "id=cd0")).contains("bus=ub0.0");
        assertThat(word(words, "e1000")).contains("mac=52:54:00:00:00:01");
    }

    @Test
    void forwards_both_ports_of_its_own_address_and_never_asks_for_kvm() throws Exception {
        List<String> words = command(Bus.VIRTIO, Map.of());

        assertThat(word(words, "hostfwd")).contains("tcp:127.65.1.9:3260-:3260", "tcp:127.65.1.9:10000-:10000");
        assertThat(words).contains("tcg,thread=multi", "-no-reboot", "-S").noneMatch(each -> each.contains("kvm"));
        assertThat(words).noneMatch(each -> each.contains("pflash"));
    }

    private static List<String> command(Bus bus, Map<MediaDevice, Path> media) throws Exception {
        VirtualHardware hardware = new VirtualHardware(
                "one",
                Path.of("/lab"),
                Path.of("/lab/disk.raw"),
                InetAddress.getByName("127.65.1.9"),
                "FE01",
                "52:54:00:00:00:01",
                bus,
                512);
        BootAttempt boot = new BootAttempt("power on", ORDER, Map.of(), FirmwareMode.LEGACY);
        return QemuCommand.of(hardware, boot, media, Path.of("/lab/console-one-1.log"));
    }

    private static String word(List<String> words, String part) {
        return words.stream().filter(each -> each.contains(part)).findFirst().orElseThrow();
    }
}
