package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.deploy.IscsiErase.Extent;
import io.ferric.driver.Findings;
import io.ferric.driver.VendorCall;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import io.ferric.node.Unavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Erasing, on a disk that is a file with something everywhere. */
class IscsiEraseTest {
    private static final long MIB = 1 << 20;
    private static final long SIZE = 96 * MIB;
    private static final String IQN = CallbackCheck.targetName(FakeTask.NODE);
    private static final RamdiskCall CALL = new RamdiskCall("10.0.0.7", 3260, IQN, 1, Optional.empty());

    @TempDir
    Path temp;

    private final FakeTask task = new FakeTask();
    private final List<FileDisk> opened = new ArrayList<>();
    private UnaryOperator<FileDisk> changed = disk -> disk;
    private Optional<URI> apiUrl = Optional.of(URI.create("http://10.0.0.1:6385/"));
    private Path disk;
    private IscsiErase erase;

    @BeforeEach
    void build() throws IOException {
        disk = FileDisk.create(temp.resolve("disk.raw"), SIZE);
        byte[] full = new byte[(int) MIB];
        Arrays.fill(full, (byte) 0x5a);
        for (long at = 0; at < SIZE; at += MIB) {
            put(at, full);
        }
        DeployConfig config = DeployConfig.defaults().withFolder(temp);
        erase = new IscsiDeploy(
                        config,
                        new ImageCache(config.imageCache(), new ImageSources(List.of()), new TickingClock()),
                        this::open,
                        new SecureRandom(),
                        () -> apiUrl)
                .erase();
    }

    @Test
    void metadata_is_the_table_and_both_ends_of_every_partition() throws IOException {
        mbr(4 * MIB, 20 * MIB);
        erase.run(task, CALL, Extent.METADATA);

        for (long at : new long[] {0, 4 * MIB, 23 * MIB, SIZE - MIB}) {
            assertThat(isZero(at, MIB)).as("at %s", at).isTrue();
        }
        assertThat(part(MIB, 1)).as("between").containsExactly(0x5a);
        assertThat(part(10 * MIB, 1)).as("in the partition").containsExactly(0x5a);
        assertThat(PartitionTable.read(FileDisk.on(disk), 512)).isEmpty();
        assertThat(opened.get(0).closes()).isEqualTo(1);
        assertThat(opened.get(0).flushes()).isPositive();
        assertThat(task.progress).contains("erase metadata " + 4 * MIB + "/" + 4 * MIB);
    }

    @Test
    void a_partition_beyond_the_end_of_the_disk_is_wiped_as_far_as_it_is_there() throws IOException {
        mbr(90 * MIB, 500 * MIB);
        erase.run(task, CALL, Extent.METADATA);

        assertThat(isZero(90 * MIB, MIB)).isTrue();
        assertThat(isZero(SIZE - MIB, MIB)).isTrue();
        mbr(200 * MIB, 500 * MIB);
        erase.run(task, CALL, Extent.METADATA);
        assertThat(isZero(0, MIB)).isTrue();
    }

    @Test
    void everything_is_every_byte_with_progress() throws IOException {
        erase.run(task, CALL, Extent.EVERYTHING);

        assertThat(isZero(0, SIZE)).isTrue();
        assertThat(task.progress)
                .containsExactly(
                        "erase disk 0/" + SIZE,
                        "erase disk " + 64 * MIB + "/" + SIZE,
                        "erase disk " + SIZE + "/" + SIZE);
        assertThat(opened.get(0).dataBytes()).as("sent as data").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"METADATA", "EVERYTHING"})
    void a_disk_that_only_says_that_it_makes_zeros_is_sent_them(Extent extent) throws IOException {
        mbr(4 * MIB, 20 * MIB);
        changed = FileDisk::forgettingZeros;
        erase.run(task, CALL, extent);

        assertThat(isZero(0, MIB)).isTrue();
        assertThat(isZero(4 * MIB, MIB)).isTrue();
        assertThat(isZero(SIZE - MIB, MIB)).isTrue();
        assertThat(isZero(0, SIZE)).isEqualTo(extent == Extent.EVERYTHING);
    }

    @Test
    void the_key_is_used_up_whatever_comes_of_it() {
        erase.orders(task);
        changed = each -> each.forgettingZeros().failingAfter(MIB);

        assertThatThrownBy(() -> erase.run(task, CALL, Extent.EVERYTHING))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("erase disk")
                .hasMessageContaining("medium error");
        assertThat(opened.get(0).closes()).isEqualTo(1);
        assertThatThrownBy(() -> erase.accept(task, call(Map.of()))).hasMessage("Deploy key does not match");
    }

    @Test
    void can_be_stopped_in_the_middle() {
        task.cancelledAfter(2);
        assertThatThrownBy(() -> erase.run(task, CALL, Extent.EVERYTHING)).isInstanceOf(Unavailable.class);
        assertThat(opened.get(0).closes()).isEqualTo(1);
    }

    @Test
    void what_the_ramdisk_says_went_wrong_is_the_failure() {
        RamdiskCall failed = new RamdiskCall("10.0.0.7", 3260, IQN, 1, Optional.of("no disk among [sda]"));
        assertThatThrownBy(() -> erase.run(task, failed, Extent.METADATA))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("Error returned from deploy ramdisk: no disk among [sda]");
        assertThat(opened).isEmpty();
    }

    @Test
    void a_disk_that_cannot_be_reached_is_named() {
        changed = each -> {
            throw new java.io.UncheckedIOException(new ConnectException("refused"));
        };
        assertThatThrownBy(() -> erase.run(task, CALL, Extent.METADATA))
                .hasMessageContaining("The ramdisk's disk at 10.0.0.7 port 3260 cannot be opened: refused");
    }

    @Test
    void calls_are_judged_as_those_of_a_deploy() {
        String key = erase.orders(task).parameters().get("deployment_key");
        Map<String, Object> good = Map.of("key", key, "address", "10.0.0.7", "iqn", IQN);

        assertThat(erase.accept(task, call(good)).address()).isEqualTo("10.0.0.7");
        assertThatThrownBy(() -> erase.accept(task, call(with(good, "key", "X".repeat(32)))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("Deploy key does not match");
        assertThatThrownBy(() -> erase.accept(task, call(with(good, "iqn", "iqn.2008-10.org.openstack:other"))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("iqn");
        assertThatThrownBy(() -> erase.accept(task, call(with(good, "address", "not-an-ip"))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("address");
    }

    @Test
    void needs_no_instance_but_an_api_to_call() {
        assertThat(validate()).isEmpty();
        assertThat(erase.orders(task).parameters())
                .containsEntry("boot_option", "netboot")
                .containsEntry("iscsi_target_iqn", IQN)
                .containsKey("deployment_key");
        apiUrl = Optional.empty();
        assertThat(validate()).containsExactly("api_url");
        assertThatThrownBy(() -> erase.orders(task))
                .isInstanceOfSatisfying(InvalidRequest.class, fault -> assertThat(fault.code())
                        .isEqualTo(FaultCode.MISSING_PARAMETER_VALUE));
    }

    private List<String> validate() {
        Findings findings = new Findings();
        erase.validate(task, findings);
        return findings.all().stream().map(each -> each.field()).toList();
    }

    private static VendorCall call(Map<String, Object> parameters) {
        return new VendorCall("pass_deploy_info", parameters);
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> changed = new HashMap<>(map);
        changed.put(key, value);
        return changed;
    }

    private Disk open(io.ferric.iscsi.IscsiTarget target) throws IOException {
        try {
            FileDisk file = changed.apply(FileDisk.on(disk));
            opened.add(file);
            return file;
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A table of kind msdos with one partition. */
    private void mbr(long start, long length) throws IOException {
        ByteBuffer table = ByteBuffer.allocate(512).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        table.put(446 + 4, (byte) 0x83);
        table.putInt(446 + 8, (int) (start / 512));
        table.putInt(446 + 12, (int) (length / 512));
        table.put(510, (byte) 0x55).put(511, (byte) 0xAA);
        put(0, table.array());
        put(512, new byte[512]);
        put(SIZE - 512, new byte[512]);
    }

    private void put(long at, byte[] bytes) throws IOException {
        try (FileChannel file = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private byte[] part(long at, long length) throws IOException {
        try (FileChannel file = FileChannel.open(disk)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) length);
            file.read(bytes, at);
            return bytes.array();
        }
    }

    private boolean isZero(long at, long length) throws IOException {
        return Arrays.equals(part(at, length), new byte[(int) length]);
    }
}
