package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.iscsi.IscsiTarget;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The second visit of a deploy, on a disk that is a file. */
class ContinueDeployTest {
    private static final long MIB = 1 << 20;
    private static final byte[] IMAGE = RootImage.bytes(3 << 20);
    private static final RamdiskCall CALL =
            new RamdiskCall("10.0.0.7", 3260, CallbackCheck.targetName(FakeTask.NODE), 1, Optional.empty());

    @TempDir
    Path temp;

    private final FakeSource source = new FakeSource().put("mem:a", IMAGE);
    private final List<FileDisk> opened = new ArrayList<>();
    private final List<IscsiTarget> targets = new ArrayList<>();
    private FakeTask task = new FakeTask();
    private UnaryOperator<FileDisk> changed = disk -> disk;
    private Path disk;
    private IscsiDeploy deploy;

    @BeforeEach
    void build() throws IOException {
        disk = FileDisk.create(temp.resolve("disk.raw"), 1100 * MIB);
        DeployConfig config = DeployConfig.defaults().withFolder(temp);
        ImageCache cache = new ImageCache(config.imageCache(), new ImageSources(List.of(source)), new TickingClock());
        deploy = new IscsiDeploy(
                config, cache, this::open, new SecureRandom(), () -> Optional.of(URI.create("http://10.0.0.1:6385")));
        instance(Map.of());
    }

    @Test
    void puts_partition_table_root_and_swap_on_the_disk() throws IOException {
        instance(Map.of("swap_mb", 16));
        DeployedDisk deployed = visitTwice();

        assertThat(deployed.rootUuid().orElseThrow()).isEqualTo(RootImage.UUID_OF_ROOT.toString());
        assertThat(deployed.imageSha256()).isEqualTo(RootImage.sha256(IMAGE));
        assertThat(deployed.partitions())
                .containsExactly(
                        new Partition(1, PartitionRole.SWAP, MIB, 16 * MIB),
                        new Partition(2, PartitionRole.ROOT, 17 * MIB, 1024 * MIB));
        assertThat(part(17 * MIB, IMAGE.length)).isEqualTo(IMAGE);
        assertThat(part(MIB + 4086, 10)).asString().isEqualTo("SWAPSPACE2");
        assertThat(part(510, 2)).containsExactly(0x55, 0xAA);
    }

    @Test
    void logs_in_where_the_ramdisk_said_and_out_again() {
        visitTwice();

        assertThat(targets).containsExactly(IscsiTarget.of("10.0.0.7", 3260, CALL.iqn(), 1));
        assertThat(opened.get(0).closes()).isEqualTo(1);
        assertThat(opened.get(0).flushes()).isPositive();
    }

    @Test
    void reports_what_came_of_it() {
        DeployedDisk deployed = visitTwice();

        assertThat(task.remembered("root_uuid")).isEqualTo(RootImage.UUID_OF_ROOT.toString());
        assertThat(task.remembered("image_sha256")).isEqualTo(RootImage.sha256(IMAGE));
        assertThat(task.remembered("verified")).isEqualTo(true);
        assertThat(task.remembered("bytes_written")).isEqualTo(deployed.bytesWritten());
        assertThat(task.remembered("partitions"))
                .isEqualTo(List.of(Map.of("number", 1, "role", "root", "start_bytes", MIB, "size_bytes", 1024 * MIB)));
        assertThat(task.events).containsSubsequence("connect", "check disk", "partition", "write root", "read back");
        assertThat(task.progress).contains("write root 3145728/3145728", "read back 3145728/3145728");
    }

    @Test
    void sends_only_data_that_is_not_zero() {
        DeployedDisk deployed = visitTwice();

        assertThat(deployed.bytesWritten()).isLessThan(IMAGE.length / 2).isPositive();
    }

    @Test
    void uses_up_the_deploy_key_and_the_image() {
        visitTwice();

        assertThat(task.node().instanceInfo().has("deploy_key")).isFalse();
        assertThat(temp.resolve("images/" + FakeTask.NODE)).doesNotExist();
    }

    @Test
    void keeps_the_deploy_key_for_the_report_of_a_boot_loader() {
        instance(Map.of("image_type", "partition", "capabilities", "boot_option:local"));
        visitTwice();

        assertThat(task.node().instanceInfo().has("deploy_key")).isTrue();
    }

    @Test
    void an_error_uses_up_the_key_of_a_local_boot_too() {
        instance(Map.of("image_type", "partition", "capabilities", "boot_option:local"));
        visit1();
        RamdiskCall call = new RamdiskCall("", 3260, CALL.iqn(), 1, Optional.of("no disk"));

        assertThatThrownBy(() -> deploy.continueDeploy(task, call)).hasMessageContaining("no disk");
        assertThat(task.node().instanceInfo().has("deploy_key")).isFalse();
    }

    @Test
    void deletes_all_that_dead_runs_left_in_the_nodes_folder_and_follows_no_link() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("images/" + FakeTask.NODE + "/transfer-1"));
        Files.writeString(folder.resolve("image"), "half");
        Files.writeString(folder.resolveSibling("ephemeral.log"), "mkfs said");
        Path precious = Files.writeString(
                Files.createDirectory(temp.resolve("precious")).resolve("file"), "kept");
        Files.createSymbolicLink(folder.resolve("link"), precious.getParent());
        visitTwice();

        assertThat(folder.getParent()).doesNotExist();
        assertThat(precious).exists();
    }

    @Test
    void does_not_fail_a_complete_deploy_when_its_own_folder_cannot_be_deleted() throws IOException {
        visit1();
        Path image = temp.resolve("images/" + FakeTask.NODE + "/disk");
        changed = file -> file.onClose(() -> {
            Files.delete(image);
            Files.createDirectories(image.resolve("not empty"));
        });

        assertThat(visit2().imageSha256()).isEqualTo(RootImage.sha256(IMAGE));
        assertThat(image).exists();
    }

    @Test
    void wipes_what_was_at_both_ends_of_disk_and_partitions() throws IOException {
        instance(Map.of("swap_mb", 16));
        for (long at :
                new long[] {512, 512 * 1024, MIB + 64 * 1024, 17 * MIB - 512, 1041 * MIB - 512, 1100 * MIB - 512}) {
            scribble(at);
        }
        visitTwice();

        assertThat(zero(512, (int) MIB - 512)).isTrue();
        assertThat(zero(MIB + 4096, (int) (16 * MIB) - 4096)).isTrue();
        assertThat(zero(1041 * MIB - 512, 512)).isTrue();
        assertThat(zero(1100 * MIB - 512, 512)).isTrue();
    }

    @Test
    void overwrites_old_bytes_where_the_image_has_zeros() throws IOException {
        byte[] garbage = new byte[IMAGE.length];
        Arrays.fill(garbage, (byte) 0xA5);
        write(MIB, garbage);
        visitTwice();

        assertThat(part(MIB, IMAGE.length)).isEqualTo(IMAGE);
    }

    @Test
    void finds_a_disk_that_only_claims_to_make_zeros() throws IOException {
        byte[] garbage = new byte[IMAGE.length];
        Arrays.fill(garbage, (byte) 0xA5);
        write(MIB, garbage);
        changed = FileDisk::forgettingZeros;

        assertFails(this::visitTwice, "does not read back as it was written");
        assertThat(task.remembered("verified")).isNull();
    }

    @Test
    void finds_old_bytes_where_a_qcow2_image_has_nothing() throws IOException {
        source.put("mem:a", PackedImage.qcow2(IMAGE));
        byte[] garbage = new byte[IMAGE.length];
        Arrays.fill(garbage, (byte) 0xA5);
        write(MIB, garbage);
        changed = FileDisk::forgettingZeros;

        assertFails(this::visitTwice, "does not hold zeros at byte 196608 of the image");
        assertThat(task.remembered("verified")).isNull();
        changed = disk -> disk;
        assertThat(visitTwice().imageSha256()).isEqualTo(RootImage.sha256(PackedImage.qcow2(IMAGE)));
        assertThat(part(MIB, IMAGE.length)).isEqualTo(IMAGE);
    }

    @Test
    void throws_a_damaged_copy_away() throws IOException {
        visit1();
        Path file = temp.resolve("images/" + FakeTask.NODE + "/disk");
        try (FileChannel image = FileChannel.open(file, StandardOpenOption.WRITE)) {
            image.write(ByteBuffer.wrap(new byte[] {42}), 100_000);
        }

        assertFails(this::visit2, "copy of the image was damaged");
        assertThat(file).doesNotExist();
        assertThat(visitTwice().imageSha256()).isEqualTo(RootImage.sha256(IMAGE));
        assertThat(source.opens).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"gzip, 100000", "qcow2, 262144", "qcow2, 0", "qcow2, 20"})
    void throws_a_damaged_copy_of_another_format_away(String format, int place) throws IOException {
        source.put("mem:a", format.equals("gzip") ? PackedImage.gzip(IMAGE) : PackedImage.qcow2(IMAGE));
        visit1();
        Path file = damage(place);

        assertFails(this::visit2, "copy of the image was damaged");
        assertThat(file).doesNotExist();
        visitTwice();
        assertThat(part(MIB, IMAGE.length)).isEqualTo(IMAGE);
        assertThat(source.opens).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"0", "20"})
    void fetches_a_cached_image_anew_that_cannot_be_read_any_more(int place) throws IOException {
        source.put("mem:a", PackedImage.qcow2(IMAGE));
        visit1();
        damage(place);

        visitTwice();
        assertThat(part(MIB, IMAGE.length)).isEqualTo(IMAGE);
        assertThat(source.opens).hasValue(2);
    }

    private Path damage(int place) throws IOException {
        Path file = temp.resolve("images/" + FakeTask.NODE + "/disk");
        try (FileChannel image = FileChannel.open(file, StandardOpenOption.WRITE)) {
            image.write(ByteBuffer.wrap(new byte[] {42, 42, 42, 42, 42, 42, 42, 42}), place);
        }
        return file;
    }

    @Test
    void fails_with_what_the_ramdisk_says_is_wrong_and_opens_nothing() {
        visit1();
        RamdiskCall call = new RamdiskCall("10.0.0.7", 3260, CALL.iqn(), 1, Optional.of("no disk\nfound"));

        assertFails(() -> deploy.continueDeploy(task, call), "Error returned from deploy ramdisk: no disk found");
        assertThat(targets).isEmpty();
        assertThat(task.node().instanceInfo().has("deploy_key")).isFalse();
    }

    @Test
    void fails_when_the_disk_is_too_small_and_writes_nothing() throws IOException {
        disk = FileDisk.create(temp.resolve("small.raw"), 1024 * MIB);

        assertFails(this::visitTwice, "The server's disk has 1024 MiB, but the partitions need 1025 MiB");
        assertThat(opened.get(0).dataBytes() + opened.get(0).zeroedBytes()).isZero();
        assertThat(opened.get(0).closes()).isEqualTo(1);
    }

    @Test
    void fails_when_the_image_has_outgrown_the_root_partition_and_writes_nothing() throws IOException {
        CachedImage grown = CachedImage.raw(temp.resolve("never read"), 1024 * MIB + 1, "00");
        DiskDeploy.Tools none = new DiskDeploy.Tools(null, null, null, null, temp);
        try (FileDisk small = FileDisk.on(disk)) {
            DiskDeploy work = new DiskDeploy(PartitionTableTest.plan(0, 0, 1024), grown, none, task);
            assertFails(() -> work.run(small), "Image size: 1025 MiB, root partition: 1024 MiB");
            assertThat(small.dataBytes() + small.zeroedBytes()).isZero();
        }
    }

    @Test
    void takes_a_disk_that_is_just_large_enough() throws IOException {
        disk = FileDisk.create(temp.resolve("just.raw"), 1025 * MIB);

        assertThat(visitTwice().partitions()).hasSize(1);
    }

    @Test
    void fails_when_the_target_cannot_be_reached() {
        changed = file -> {
            throw new UncheckedIOException(new ConnectException("Connection refused"));
        };

        assertFails(this::visitTwice, "10.0.0.7 port 3260 cannot be opened: Connection refused");
    }

    @Test
    void fails_in_plain_words_and_logs_out_when_a_write_fails() {
        changed = file -> file.failingAfter(200_000);

        assertFails(this::visitTwice, "failed in the step 'write root': medium error: write fault");
        assertThat(opened.get(0).closes()).isEqualTo(1);
        assertThat(task.remembered("disk_written")).isNull();
    }

    @Test
    void logs_out_when_the_conductor_lets_go() {
        visit1();
        task.cancelledAfter(12);

        assertThatThrownBy(this::visit2).isInstanceOf(Unavailable.class);
        assertThat(opened.get(0).closes()).isEqualTo(1);
    }

    @Test
    void can_be_run_again_after_it_broke_off() throws IOException {
        changed = file -> file.failingAfter(200_000);
        assertFails(this::visitTwice, "write fault");
        changed = file -> file;

        assertThat(visit2().imageSha256()).isEqualTo(RootImage.sha256(IMAGE));
        assertThat(part(MIB, IMAGE.length)).isEqualTo(IMAGE);
        assertThat(source.opens).hasValue(1);
    }

    @Test
    void fetches_the_image_again_when_another_conductor_takes_over() throws IOException {
        visit1();
        deploy.destroyImages(task.node().uuid());

        visit2();
        assertThat(part(MIB, IMAGE.length)).isEqualTo(IMAGE);
    }

    @Test
    void does_not_write_again_what_it_had_finished() {
        DeployedDisk first = visitTwice();

        assertThat(visit2()).isEqualTo(first);
        assertThat(opened).hasSize(1);
    }

    @Test
    void writes_again_in_a_new_deploy() {
        visitTwice();
        visitTwice();

        assertThat(opened).hasSize(2);
    }

    @Test
    void keeps_the_ephemeral_partition_when_asked_to() throws IOException {
        ephemeralDisk();
        byte[] precious = "precious".getBytes(StandardCharsets.US_ASCII);
        byte[] mbr = part(0, 512);
        write(MIB, precious);
        write(1024 * MIB, precious);
        write(1025 * MIB - 8, precious);
        instance(Map.of("ephemeral_gb", 1, "swap_mb", 8, "preserve_ephemeral", "yes"));
        visitTwice();

        assertThat(part(0, 512)).isEqualTo(mbr);
        assertThat(part(MIB, 8)).isEqualTo(precious);
        assertThat(part(1024 * MIB, 8)).isEqualTo(precious);
        assertThat(part(1025 * MIB - 8, 8)).isEqualTo(precious);
        assertThat(part(1033 * MIB, IMAGE.length)).isEqualTo(IMAGE);
        assertThat(task.events).doesNotContain("write ephemeral");
    }

    @Test
    void a_preserved_table_gets_the_flag_that_a_boot_from_the_disk_needs() throws IOException {
        ephemeralDisk();
        Map<String, Object> local = Map.of("boot_option", "local");
        instance(Map.of("ephemeral_gb", 1, "swap_mb", 8, "preserve_ephemeral", true, "capabilities", local));
        visitTwice();

        PartitionPlan plan = PartitionPlan.of(PartitionTableTest.plan(1024, 8, 1024));
        try (FileDisk raw = FileDisk.on(disk)) {
            assertThat(MbrTable.read(raw, 512)).contains(MbrTable.bootable(plan, 7));
        }
    }

    @Test
    void refuses_to_keep_an_ephemeral_partition_that_lies_elsewhere_and_writes_nothing() throws IOException {
        ephemeralDisk();
        instance(Map.of("ephemeral_gb", 1, "swap_mb", 9, "preserve_ephemeral", true));

        assertFails(this::visitTwice, "cannot be preserved");
        assertThat(opened.get(0).dataBytes() + opened.get(0).zeroedBytes()).isZero();
    }

    @Test
    void refuses_to_keep_an_ephemeral_partition_on_an_empty_disk() throws IOException {
        disk = FileDisk.create(temp.resolve("large.raw"), 2200 * MIB);
        instance(Map.of("ephemeral_gb", 1, "preserve_ephemeral", true));

        assertFails(this::visitTwice, "cannot be preserved: the disk is not partitioned as ephemeral 1024 MiB");
    }

    /** A disk as a deploy with 1 GiB ephemeral and 8 MiB swap leaves it. */
    private void ephemeralDisk() throws IOException {
        disk = FileDisk.create(temp.resolve("large.raw"), 2200 * MIB);
        try (FileDisk raw = FileDisk.on(disk)) {
            MbrTable.of(PartitionPlan.of(PartitionTableTest.plan(1024, 8, 1024)), 7)
                    .writeTo(raw);
        }
    }

    private void instance(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of("image_source", "mem:a", "root_gb", 1));
        all.putAll(values);
        task = new FakeTask().withInstanceInfo(all);
    }

    private Disk open(IscsiTarget target) throws IOException {
        targets.add(target);
        try {
            FileDisk next = changed.apply(FileDisk.on(disk));
            opened.add(next);
            return next;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private DeployedDisk visitTwice() {
        visit1();
        return visit2();
    }

    private void visit1() {
        deploy.cacheInstanceImage(task);
        deploy.checkImageSize(task);
        deploy.getDeployInfo(task);
    }

    private DeployedDisk visit2() {
        return deploy.continueDeploy(task, CALL);
    }

    private void assertFails(ThrowingCallable work, String words) {
        assertThatThrownBy(work)
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining(words)
                .extracting("code")
                .isEqualTo(FaultCode.INSTANCE_DEPLOY_FAILURE);
    }

    private void scribble(long at) throws IOException {
        byte[] garbage = new byte[512];
        Arrays.fill(garbage, (byte) 0xA5);
        write(at, garbage);
    }

    private void write(long at, byte[] bytes) throws IOException {
        try (FileChannel file = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private boolean zero(long from, int length) throws IOException {
        return Zeros.only(ByteBuffer.wrap(part(from, length)));
    }

    private byte[] part(long from, int length) throws IOException {
        try (FileChannel file = FileChannel.open(disk)) {
            return DiskIo.read(file, from, length).array();
        }
    }
}
