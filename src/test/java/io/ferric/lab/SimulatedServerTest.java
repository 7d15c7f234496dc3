package io.ferric.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.EfiLoader;
import io.ferric.image.Images;
import io.ferric.image.VfatImage;
import io.ferric.iscsi.IscsiOptions;
import io.ferric.iscsi.IscsiTarget;
import io.ferric.iscsi.RemoteDisk;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.BootTarget;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.ilo.IloEvent;
import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.ilo.SimulatedIlo;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedServerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NODE = "1be26c0b-03f2-4d2e-ae87-c02d7f33c123";
    private static final String IQN = "iqn.2008-10.org.openstack:" + NODE;
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private MediaShelf shelf;
    private StubConductor conductor;
    private PretendRack rack;
    private PretendNode node;

    @BeforeEach
    void start() throws Exception {
        shelf = new MediaShelf();
        conductor = new StubConductor();
        rack = PretendRack.in(folder.resolve("rack"));
        node = rack.add("node-1", 128L * MIB, server -> server.times(ServerTimes.hurried()));
        parameters.put("deployment_id", NODE);
        parameters.put("deployment_key", "0123456789ABCDEFGHIJKLMNOPQRSTUV");
        parameters.put("iscsi_target_iqn", IQN);
        parameters.put("ironic_api_url", conductor.url());
        parameters.put("disk", "cciss/c0d0,sda,hda,vda");
    }

    @AfterEach
    void stop() throws Exception {
        rack.close();
        conductor.close();
        shelf.close();
    }

    @Test
    void deploys_and_boots_what_was_written_to_its_disk() throws Exception {
        insertFloppy();
        insertDisc("deploy.iso", "boot_method=vmedia nofb");
        powerOn();

        JsonNode call = conductor.nextCall();
        assertThat(conductor.paths).containsExactly("POST /v1/nodes/" + NODE + "/vendor_passthru/pass_deploy_info");
        assertThat(conductor.tokens).containsExactly("token-4711");
        assertThat(call.get("address").asText())
                .isEqualTo(node.server().address().getHostAddress());
        assertThat(call.get("key").asText()).isEqualTo(parameters.get("deployment_key"));
        assertThat(call.get("iqn").asText()).isEqualTo(IQN);
        assertThat(call.get("error").asText()).isEmpty();
        assertThat(call.has("port")).isFalse();

        writeRoot();
        insertDisc("boot.iso", "root=UUID=" + LabImage.UUID + " nofb");
        StubConductor.sayDone(node.server(), "done");

        assertThat(console().await(Stage.INSTANCE_UP, SOON).message()).contains(LabImage.UUID, "partition 1, ext4");
        assertThat(shelf.requests).first().isEqualTo("HEAD");
        assertThat(shelf.requests).filteredOn(r -> r.startsWith("GET")).allMatch(r -> r.startsWith("GET bytes="));
        assertThat(console().toString()).doesNotContain("warning").doesNotContain("token-4711");
    }

    @Test
    void finds_nothing_bootable_without_media() throws Exception {
        powerOn();
        console().await(Stage.NO_BOOTABLE_DEVICE, SOON);
    }

    @Test
    void finds_nothing_bootable_when_the_medium_is_not_connected() throws Exception {
        insertDisc("deploy.iso", "boot_method=vmedia");
        node.ilo().state().disconnect(MediaDevice.CDROM);
        powerOn();
        console().await(Stage.NO_BOOTABLE_DEVICE, SOON);
        assertThat(shelf.requests).isEmpty();
    }

    @Test
    void finds_nothing_bootable_when_the_url_has_expired() throws Exception {
        node.ilo()
                .state()
                .insert(MediaDevice.CDROM, shelf.put("x.iso", folder).replace("x.iso", "gone.iso?sig=SECRET"));
        node.ilo().state().connect(MediaDevice.CDROM);
        powerOn();
        console().await(Stage.NO_BOOTABLE_DEVICE, SOON);
        assertThat(console().toString()).contains("HEAD with 403").doesNotContain("SECRET");
    }

    @Test
    void fetches_nothing_when_the_ilo_does_not() throws Exception {
        node.ilo().faults().always(IloFault.NEVER_FETCHES);
        insertDisc("deploy.iso", "boot_method=vmedia");
        powerOn();
        console().await(Stage.NO_BOOTABLE_DEVICE, SOON);
        assertThat(shelf.requests).isEmpty();
    }

    @Test
    void stops_without_a_floppy() throws Exception {
        insertDisc("deploy.iso", "boot_method=vmedia");
        powerOn();
        assertThat(console().await(Stage.STOPPED, SOON).message()).contains("ir-vfd-dev");
    }

    @Test
    void stops_when_the_root_file_system_is_not_on_the_disk() throws Exception {
        insertDisc("boot.iso", "root=UUID=" + LabImage.UUID);
        powerOn();
        assertThat(console()
                        .awaitAny(Set.of(Stage.STOPPED, Stage.INSTANCE_UP), SOON)
                        .message())
                .contains("no file system with UUID");
    }

    @Test
    void boots_the_one_time_device_only_once() throws Exception {
        node.ilo().state().oneTimeBoot(BootTarget.NETWORK);
        powerOn();
        console().await(Stage.NO_BOOTABLE_DEVICE, SOON);
        node.ilo().state().reset("test");
        console().await(Stage.NO_BOOTABLE_DEVICE, 2, SOON);
        assertThat(node.ilo().events(IloEvent.Kind.BOOTED))
                .containsExactly("[NETWORK, CDROM, FLOPPY, HDD, USB]", "[CDROM, FLOPPY, HDD, USB, NETWORK]");
    }

    @Test
    void calls_again_while_the_conductor_is_busy() throws Exception {
        conductor.answerWith(409, 503);
        insertFloppy();
        insertDisc("deploy.iso", "boot_method=vmedia");
        powerOn();
        console().await(Stage.CALL_ACCEPTED, SOON);
        assertThat(conductor.callsWaiting()).isEqualTo(3);
    }

    @Test
    void gives_up_when_the_conductor_refuses() throws Exception {
        conductor.answerWith(400);
        node.server().faults().inject(ServerFault.WRONG_KEY, 1);
        insertFloppy();
        insertDisc("deploy.iso", "boot_method=vmedia");
        powerOn();
        console().await(Stage.STOPPED, SOON);
        assertThat(conductor.nextCall().get("key").asText()).isNotEqualTo(parameters.get("deployment_key"));
        assertThat(conductor.callsWaiting()).isZero();
    }

    @Test
    void reports_its_own_error() throws Exception {
        node.server().faults().inject(ServerFault.ERROR_IN_CALLBACK, 1);
        insertFloppy();
        insertDisc("deploy.iso", "boot_method=vmedia");
        powerOn();
        assertThat(conductor.nextCall().get("error").asText()).isNotEmpty();
    }

    @Test
    void waits_for_the_right_word() throws Exception {
        insertFloppy();
        insertDisc("deploy.iso", "boot_method=vmedia");
        powerOn();
        console().await(Stage.CALL_ACCEPTED, SOON);
        StubConductor.sayDone(node.server(), "did");
        StubConductor.sayDone(node.server(), "done\n");
        console().await(Stage.RESETTING, SOON);
        assertThat(console().toString()).contains("not done");
    }

    @Test
    void installs_a_boot_loader_when_told_to_boot_locally() throws Exception {
        parameters.put("boot_option", "local");
        insertFloppy();
        insertDisc("deploy.iso", "boot_method=vmedia");
        powerOn();
        conductor.nextCall();
        console().await(Stage.CALL_ACCEPTED, SOON);
        StubConductor.sayDone(node.server(), "done");

        JsonNode report = conductor.nextCall();
        assertThat(conductor.paths).last().asString().endsWith("/vendor_passthru/pass_bootloader_install_info");
        assertThat(report.get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(report.get("error").asText()).isEmpty();
        assertThat(report.get("key").asText()).isEqualTo(parameters.get("deployment_key"));
        console().await(Stage.CALL_ACCEPTED, 2, SOON);
        assertThat(console().last(Stage.RESETTING)).isEmpty();
        sayDoneInTime();
        console().await(Stage.RESETTING, SOON);
        console().await(Stage.BOOT_LOADER_INSTALLED, SOON);
        try (FileChannel disk = FileChannel.open(node.server().diskFile())) {
            ByteBuffer start = ByteBuffer.allocate(32);
            disk.read(start, 0);
            assertThat(new String(start.array(), StandardCharsets.US_ASCII)).contains("PRETEND LOADER");
        }
    }

    @Test
    void reports_a_boot_loader_that_it_cannot_install() throws Exception {
        node.server().faults().inject(ServerFault.BOOT_LOADER_FAILS, 1);
        parameters.put("boot_option", "local");
        insertFloppy();
        insertDisc("deploy.iso", "boot_method=vmedia");
        powerOn();
        conductor.nextCall();
        console().await(Stage.CALL_ACCEPTED, SOON);
        StubConductor.sayDone(node.server(), "done");
        JsonNode report = conductor.nextCall();
        assertThat(report.get("status").asText()).isEqualTo("FAILED");
        assertThat(report.get("error").asText()).contains("grub-install");
        assertThat(console().last(Stage.BOOT_LOADER_INSTALLED)).isEmpty();
    }

    /** It listens again only after its call was answered. */
    private void sayDoneInTime() {
        await().atMost(SOON).ignoreException(ConnectException.class).until(() -> {
            StubConductor.sayDone(node.server(), "done");
            return true;
        });
    }

    @Test
    void loses_its_target_with_the_power() throws Exception {
        insertFloppy();
        insertDisc("deploy.iso", "boot_method=vmedia");
        powerOn();
        console().await(Stage.CALL_ACCEPTED, SOON);
        node.ilo().state().powerOff();
        console().await(Stage.POWERED_OFF, SOON);
        assertThatThrownBy(this::openDisk).isInstanceOf(IOException.class);
    }

    @Test
    void shuts_down_at_the_power_button_only_when_an_instance_runs() throws Exception {
        powerOn();
        console().await(Stage.NO_BOOTABLE_DEVICE, SOON);
        node.ilo().state().pressButton();
        insertFloppy();
        insertDisc("deploy.iso", "boot_method=vmedia");
        node.ilo().state().reset("test");
        console().await(Stage.CALL_ACCEPTED, SOON);
        writeRoot();
        insertDisc("boot.iso", "root=UUID=" + LabImage.UUID);
        node.ilo().state().reset("test");
        console().await(Stage.INSTANCE_UP, SOON);
        assertThat(node.ilo().state().power()).isEqualTo(Power.ON);
        node.ilo().state().pressButton();
        console().await(Stage.POWERED_OFF, SOON);
        assertThat(node.ilo().state().power()).isEqualTo(Power.OFF);
    }

    @Test
    void fails_writes_as_told() throws Exception {
        for (ServerFault fault : new ServerFault[] {ServerFault.TARGET_RESETS, ServerFault.TARGET_REPORTS_ERROR}) {
            node.server().faults().inject(fault, 1);
            insertFloppy();
            insertDisc("deploy.iso", "boot_method=vmedia");
            powerOn();
            conductor.nextCall();
            assertThatThrownBy(this::writeRoot).as(fault.name()).isInstanceOf(IOException.class);
            node.ilo().state().powerOff();
            console().await(Stage.POWERED_OFF, fault == ServerFault.TARGET_RESETS ? 1 : 2, SOON);
        }
    }

    @Test
    void reports_another_port_than_the_usual_one() throws Exception {
        try (PretendNode other =
                rack.add("node-2", 8L * MIB, s -> s.iscsiPort(0).notifyPort(0))) {
            node = other;
            insertFloppy();
            insertDisc("deploy.iso", "boot_method=vmedia");
            powerOn();
            assertThat(conductor.nextCall().get("port").asInt())
                    .isEqualTo(other.server().iscsiPort());
        }
    }

    @Test
    void boots_a_disc_by_uefi_only_with_an_entry_and_a_program_for_it() throws Exception {
        uefi();
        insertDisc("boot.iso", "boot_method=vmedia");
        powerOn();
        console().await(Stage.NO_BOOTABLE_DEVICE, SOON);
        assertThat(console().toString()).contains("no boot image for UEFI");

        insertEfiDisc("boot.iso", EfiLoader.of(Content.of("no program")));
        node.ilo().state().reset("test");
        console().await(Stage.NO_BOOTABLE_DEVICE, 2, SOON);
        assertThat(console().toString()).contains("EFI/BOOT/BOOTX64.EFI is no program");

        insertEfiDisc("boot.iso", EfiLoader.of(Content.of(NoEfiLoader.image())));
        node.ilo().state().reset("test");
        assertThat(console().await(Stage.LOADED, SOON).message()).contains("/vmlinuz", "as if there were");
    }

    @Test
    void a_shim_starts_the_grub_beside_it() throws Exception {
        uefi();
        byte[] shim = NoEfiLoader.image();
        shim[2] = 0;
        byte[] name = "grubx64.efi".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, shim, shim.length - name.length, name.length);
        insertEfiDisc("boot.iso", EfiLoader.of(Content.of(shim)));
        powerOn();
        console().await(Stage.NO_BOOTABLE_DEVICE, SOON);
        assertThat(console().toString()).contains("no EFI/BOOT/grubx64.efi");
        insertEfiDisc("boot.iso", new EfiLoader(Content.of(shim), Optional.of(Content.of(NoEfiLoader.image()))));
        node.ilo().state().reset("test");
        assertThat(console().await(Stage.LOADED, SOON).message()).doesNotContain("as if there were");
    }

    @Test
    void boots_its_own_disk_by_the_code_in_the_mbr() throws Exception {
        ByteBuffer mbr = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        mbr.put(450, (byte) 0x83).putInt(454, 2048).putInt(458, 64 * 2048).putShort(510, (short) 0xAA55);
        overwriteDisk(0, mbr.array());
        powerOn();
        console().await(Stage.NO_BOOTABLE_DEVICE, SOON);
        assertThat(console().toString()).contains("no boot code in the MBR");
        overwriteDisk(0, mbr.put(0, (byte) 0xFA).array());
        node.ilo().state().reset("test");
        assertThat(console().await(Stage.INSTANCE_UP, SOON).message()).contains("from its disk", "msdos");
        node.ilo().state().pressButton();
        console().await(Stage.POWERED_OFF, SOON);
    }

    @Test
    void boots_its_own_disk_by_the_program_in_an_efi_system_partition() throws Exception {
        uefi();
        ByteBuffer gpt = ByteBuffer.allocate(4 * 512).order(ByteOrder.LITTLE_ENDIAN);
        gpt.put(450, (byte) 0xEE).putInt(454, 1).putInt(458, 1000).putShort(510, (short) 0xAA55);
        gpt.putLong(512, 0x5452415020494645L)
                .putLong(512 + 72, 2)
                .putInt(512 + 80, 4)
                .putInt(512 + 84, 128);
        gpt.position(1024).put(HexFormat.of().parseHex("28732ac11ff8d211ba4b00a0c93ec93b"));
        gpt.putLong(1024 + 32, 2048).putLong(1024 + 40, 3 * 2048 - 1);
        overwriteDisk(0, gpt.array());
        powerOn();
        console().await(Stage.NO_BOOTABLE_DEVICE, SOON);
        assertThat(console().toString()).contains("HDD: not a FAT volume");

        Path esp = folder.resolve("esp.img");
        Images.createVfatImage(
                VfatImage.labelled("ESP")
                        .file("EFI/BOOT/BOOTX64.EFI", Content.of(NoEfiLoader.image()))
                        .build(),
                esp);
        overwriteDisk(MIB, Files.readAllBytes(esp));
        node.ilo().state().reset("test");
        assertThat(console().await(Stage.INSTANCE_UP, SOON).message()).contains("from its disk", "gpt");
    }

    private void overwriteDisk(long position, byte[] bytes) throws IOException {
        try (FileChannel disk = FileChannel.open(node.server().diskFile(), StandardOpenOption.WRITE)) {
            disk.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private void uefi() throws Exception {
        node = rack.add(
                "uefi",
                64L * MIB,
                SimulatedIlo.builder().bootMode(FirmwareMode.UEFI),
                server -> server.times(ServerTimes.hurried()));
    }

    private void insertEfiDisc(String name, EfiLoader loader) throws Exception {
        Path disc = folder.resolve(name);
        Images.createBootIso(BootIso.of(Content.of("kernel"), Content.of("ramdisk"), "root=UUID=x", loader), disc);
        insert(MediaDevice.CDROM, shelf.put(name, disc));
    }

    private Console console() {
        return node.server().console();
    }

    private void powerOn() {
        node.ilo().state().powerOn();
    }

    private void insertFloppy() throws Exception {
        Path floppy = folder.resolve("floppy.img");
        VfatImage image = VfatImage.labelled("ir-vfd-dev")
                .parameters(parameters)
                .file("token", Content.of("token-4711"))
                .build();
        Images.createVfatImage(image, floppy);
        insert(MediaDevice.FLOPPY, shelf.put("floppy.img", floppy));
    }

    private void insertDisc(String name, String kernelParameters) throws Exception {
        Path disc = folder.resolve(name);
        BootIso iso = BootIso.of(
                Content.of("kernel".repeat(1000)),
                Content.of(new byte[3 * MIB + 17]),
                kernelParameters,
                Content.of(NoBootLoader.image()));
        Images.createBootIso(iso, disc);
        insert(MediaDevice.CDROM, shelf.put(name, disc));
    }

    private void insert(MediaDevice device, String url) {
        node.ilo().state().insert(device, url);
        node.ilo().state().connect(device);
    }

    private RemoteDisk openDisk() throws Exception {
        SimulatedServer server = node.server();
        return RemoteDisk.open(
                IscsiTarget.of(server.address().getHostAddress(), server.iscsiPort(), IQN, 1),
                IscsiOptions.defaults().withDeadline(Duration.ofSeconds(5)));
    }

    /** Writes one partition and the lab's root image into it, as a conductor would. */
    private void writeRoot() throws Exception {
        Path image = folder.resolve("root-" + System.nanoTime() + ".raw");
        LabImage.unpack(image);
        ByteBuffer mbr = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        mbr.put(450, (byte) 0x83).putInt(454, 2048).putInt(458, 64 * 2048).putShort(510, (short) 0xAA55);
        try (RemoteDisk disk = openDisk();
                FileChannel source = FileChannel.open(image)) {
            disk.write(mbr);
            disk.position(MIB);
            ByteBuffer piece = ByteBuffer.allocate(MIB);
            while (source.read(piece) >= 0) {
                piece.flip();
                while (piece.hasRemaining()) {
                    disk.write(piece);
                }
                piece.clear();
            }
            disk.flush();
        }
    }
}
