package io.ferric.lab.qemu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.lab.ilo.BootAttempt;
import io.ferric.lab.ilo.BootTarget;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.ilo.MediaDevice;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line of one boot. Emulation only, never KVM: stock kernels hang under the KVM of some hosts (a /dev/kvm
 * proves nothing), and a machine that is quick in one place and hangs in another is no test.
 */
final class QemuCommand {
    static final int ISCSI_PORT = 3260;
    static final int NOTIFY_PORT = 10000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final VirtualHardware hardware;
    private final BootAttempt boot;
    private final Map<MediaDevice, Path> media;
    private final List<String> words = new ArrayList<>();

    private QemuCommand(VirtualHardware hardware, BootAttempt boot, Map<MediaDevice, Path> media) {
        this.hardware = hardware;
        this.boot = boot;
        this.media = media;
    }

    /** @param console takes what comes out of the serial port */
    static List<String> of(VirtualHardware hardware, BootAttempt boot, Map<MediaDevice, Path> media, Path console)
            throws FileNotFoundException {
        QemuCommand command = new QemuCommand(hardware, boot, media);
        command.machine(console);
        command.network();
        command.drives();
        return List.copyOf(command.words);
    }

    /** The device in QEMU that plays a virtual drive. */
    static String id(MediaDevice device) {
        return device == MediaDevice.CDROM ? "cd0" : "fd0";
    }

    private void machine(Path console) throws FileNotFoundException {
        add(HostNeeds.path(HostNeeds.QEMU));
        add("-name", "ferric-" + hardware.name());
        add("-machine", "q35,smm=off");
        add("-accel", "tcg,thread=multi");
        add("-m", Integer.toString(hardware.memoryMib()));
        add("-nodefaults", "-no-user-config", "-no-reboot", "-S");
        add("-display", "none");
        add("-boot", "strict=on");
        add("-qmp", "stdio");
        add("-serial", "file:" + escaped(console));
        add("-smbios", "type=1,manufacturer=HP,product=ProLiant DL360 Gen9,serial=" + hardware.serial());
        if (boot.mode() == FirmwareMode.UEFI) {
            Path code = HostNeeds.firmware()
                    .orElseThrow(() -> new FileNotFoundException("no UEFI firmware: apt-get install -y ovmf"))
                    .getKey();
            add("-drive", "if=pflash,format=raw,readonly=on,file=" + escaped(code));
            add("-drive", "if=pflash,format=raw,file=" + escaped(hardware.variables()));
        }
    }

    private void network() {
        String host = hardware.address().getHostAddress();
        add(
                "-netdev",
                "user,id=n0,hostfwd=tcp:" + host + ":" + ISCSI_PORT + "-:" + ISCSI_PORT + ",hostfwd=tcp:" + host + ":"
                        + NOTIFY_PORT + "-:" + NOTIFY_PORT);
        add(
                "-device",
                (hardware.bus() == Bus.VIRTIO ? "virtio-net-pci" : "e1000") + ",netdev=n0,romfile=,mac="
                        + hardware.mac());
    }

    private void drives() {
        add(
                "-blockdev",
                json(Map.of(
                        "driver",
                        "raw",
                        "node-name",
                        "hd",
                        "discard",
                        "unmap",
                        "detect-zeroes",
                        "unmap",
                        "file",
                        Map.of(
                                "driver",
                                "file",
                                "filename",
                                hardware.disk().toString(),
                                "discard",
                                "unmap",
                                "cache",
                                Map.of("no-flush", true)))));
        add("-drive", "if=none,id=fdd" + medium(MediaDevice.FLOPPY));
        add("-drive", "if=none,id=cdd,media=cdrom,readonly=on" + medium(MediaDevice.CDROM));
        String disk = "drive=hd,id=hd0,serial=" + hardware.serial() + bootIndex(BootTarget.HDD);
        String cd = "scsi-cd,drive=cdd,id=cd0,vendor=iLO,product=Virtual CD-ROM" + bootIndex(BootTarget.CDROM);
        String floppy =
                "scsi-hd,removable=on,drive=fdd,id=fd0,vendor=iLO,product=Virtual Media" + bootIndex(BootTarget.FLOPPY);
        if (hardware.bus() == Bus.VIRTIO) {
            add("-device", "virtio-scsi-pci,id=scsi0");
            add("-device", "scsi-hd,bus=scsi0.0,vendor=HP,product=LOGICAL VOLUME," + disk);
            add("-device", cd + ",bus=scsi0.0");
            add("-device", floppy + ",bus=scsi0.0");
        } else {
            add("-device", "ide-hd,model=LOGICAL VOLUME," + disk);
            add("-device", "qemu-xhci,id=usb0");
            add("-device", "usb-bot,id=ub0,bus=usb0.0");
            add("-device", cd + ",bus=ub0.0");
            add("-device", "usb-bot,id=ub1,bus=usb0.0");
            add("-device", floppy + ",bus=ub1.0");
        }
    }

    private String medium(MediaDevice device) {
        Path file = media.get(device);
        return file == null ? "" : ",format=raw,file=" + escaped(file);
    }

    private String bootIndex(BootTarget target) {
        int place = boot.order().indexOf(target);
        return place < 0 ? "" : ",bootindex=" + place;
    }

    /** QEMU ends an option at a comma, unless it is doubled. */
    private static String escaped(Path file) {
        return file.toString().replace(",", ",,");
    }

    private static String json(Map<String, ?> options) {
        try {
            return JSON.writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and maps can be written", e);
        }
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }
}
