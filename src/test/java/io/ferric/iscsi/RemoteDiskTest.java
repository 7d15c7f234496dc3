package io.ferric.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RemoteDiskTest {
    private static final IscsiOptions OPTIONS = IscsiOptions.defaults().withDeadline(Duration.ofSeconds(30));

    private FakeTarget target = FakeTarget.ofMegabytes(16);

    @AfterEach
    void target_has_seen_no_breach_of_protocol() throws IOException {
        target.close();
        assertThat(target.complaints).isEmpty();
    }

    @Test
    void tells_what_the_disk_is() throws IOException {
        try (RemoteDisk disk = open()) {
            assertThat(disk.size()).isEqualTo(16 << 20);
            assertThat(disk.blockSize()).isEqualTo(512);
            assertThat(disk.identity())
                    .isEqualTo(new DiskIdentity(
                            "FAKE", "PRETEND DISK", "1.0", Optional.of("FAKE-0001"), Optional.empty()));
            assertThat(disk.zeroesNatively()).isFalse();
        }
    }

    @Test
    void takes_the_world_wide_name_from_page_83() throws IOException {
        byte[] page = {1, 2, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 3, 0, 4, (byte) 0x9a, 0, 0, 1};
        target.disk.pages.put(0x83, page);
        try (RemoteDisk disk = open()) {
            assertThat(disk.identity().wwn()).contains("9a000001");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Yes, Yes, 8192, 65536, 262144",
        "No, Yes, 8192, 65536, 262144",
        "Yes, No, 8192, 65536, 262144",
        "No, No, 8192, 65536, 262144",
        "No, Yes, 512, 512, 512",
        "No, Yes, 512, 4096, 16384",
        "Yes, No, 512, 65536, 65536",
        "No, Yes, 262144, 262144, 262144",
        "Yes, Yes, 1000, 3000, 5001"
    })
    void writes_and_reads_back_under_any_terms(
            String initialR2T, String immediate, String segment, String firstBurst, String maxBurst)
            throws IOException {
        target.script.wish("InitialR2T", initialR2T).wish("ImmediateData", immediate);
        target.script.wish("MaxRecvDataSegmentLength", segment);
        target.script.wish("FirstBurstLength", firstBurst).wish("MaxBurstLength", maxBurst);
        writeAndReadBack(OPTIONS);
    }

    @ParameterizedTest
    @CsvSource({"CRC32C, CRC32C", "CRC32C, None", "None, CRC32C"})
    void writes_and_reads_back_with_digests(String header, String data) throws IOException {
        target.script.wish("HeaderDigest", header).wish("DataDigest", data);
        target.script.wish("MaxRecvDataSegmentLength", "1001");
        writeAndReadBack(OPTIONS.withDigests(DigestPolicy.PREFERRED, DigestPolicy.PREFERRED));
    }

    @Test
    void refuses_a_target_without_a_required_digest() {
        target.script.wish("DataDigest", "None");
        IscsiOptions demanding = OPTIONS.withDigests(DigestPolicy.OFF, DigestPolicy.REQUIRED);
        assertThatThrownBy(() -> RemoteDisk.open(target.address(), demanding)).hasMessageContaining("DataDigest");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void respects_the_command_window(int window) throws IOException {
        target.script.window = window;
        target.script.wish("InitialR2T", "Yes");
        writeAndReadBack(OPTIONS);
    }

    @Test
    void answers_requests_for_data_in_odd_order() throws IOException {
        target.script.oddR2tOrder = true;
        target.script.wish("FirstBurstLength", "4096").wish("MaxBurstLength", "10240");
        writeAndReadBack(OPTIONS);
    }

    @Test
    void understands_a_stream_cut_into_single_bytes() throws IOException {
        target.script.oneByteAnswers = true;
        try (RemoteDisk disk = open()) {
            byte[] bytes = random(3000, 1);
            disk.write(ByteBuffer.wrap(bytes));
            assertThat(read(disk, 0, 3000)).isEqualTo(bytes);
        }
    }

    @Test
    void works_with_a_single_command_in_flight() throws IOException {
        writeAndReadBack(OPTIONS.withPipeline(4096, 1));
    }

    @Test
    void keeps_to_the_longest_transfer_of_the_disk() throws IOException {
        target.disk.limits(16, 0, 0);
        try (RemoteDisk disk = open()) {
            disk.write(ByteBuffer.wrap(random(64 * 1024, 1)));
            disk.flush();
        }
        assertThat(target.disk.writes).isEqualTo(8);
    }

    @Test
    void joins_small_writes_into_large_commands() throws IOException {
        byte[] bytes = random(512 * 1024, 3);
        try (RemoteDisk disk = open()) {
            for (int i = 0; i < bytes.length; i += 1000) {
                disk.write(ByteBuffer.wrap(bytes, i, Math.min(1000, bytes.length - i)));
            }
        }
        assertThat(target.disk.writes).isEqualTo(2);
        assertThat(target.disk.read(0, bytes.length)).isEqualTo(bytes);
    }

    @Test
    void keeps_the_rest_of_blocks_that_are_written_in_part() throws IOException {
        byte[] before = random(4096, 4);
        target.disk.write(0, before);
        try (RemoteDisk disk = open()) {
            disk.position(100).write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            disk.position(1000).write(ByteBuffer.wrap(random(1500, 5)));
        }
        ByteBuffer expected = ByteBuffer.wrap(before);
        expected.put(100, new byte[] {1, 2, 3}).put(1000, random(1500, 5));
        assertThat(target.disk.read(0, 4096)).isEqualTo(before);
    }

    @Test
    void writes_to_the_same_bytes_keep_their_order() throws IOException {
        target.script.reorderWrites = true;
        target.script.holdWrites = Duration.ofMillis(50);
        target.disk.limits(0, 0, 512);
        byte[] last = random(4096, 2);
        try (RemoteDisk disk = open()) {
            disk.write(ByteBuffer.wrap(random(4096, 1)));
            disk.position(0).write(ByteBuffer.wrap(last));
            disk.position(1 << 20).write(ByteBuffer.wrap(random(128 * 1024, 3)));
            disk.zero(1 << 20, 128 * 1024);
        }
        assertThat(target.disk.read(0, 4096)).isEqualTo(last);
        assertThat(target.disk.read(1 << 20, 128 * 1024)).containsOnly(0);
    }

    @Test
    void works_beyond_two_tebibytes() throws IOException {
        FakeDisk huge = new FakeDisk(8L << 40, 4096);
        try (FakeTarget far = new FakeTarget(huge);
                RemoteDisk disk = RemoteDisk.open(far.address(), OPTIONS)) {
            long at = (8L << 40) - 5000;
            byte[] bytes = random(5000, 6);
            disk.position(at).write(ByteBuffer.wrap(bytes));
            assertThat(read(disk, at, 5000)).isEqualTo(bytes);
            assertThat(huge.read(at, 5000)).isEqualTo(bytes);
        }
    }

    @Test
    void ends_reading_at_the_end_and_refuses_to_write_past_it() throws IOException {
        try (RemoteDisk disk = open()) {
            ByteBuffer buffer = ByteBuffer.allocate(1000);
            assertThat(disk.position((16 << 20) - 10).read(buffer)).isEqualTo(10);
            assertThat(disk.read(buffer)).isEqualTo(-1);
            assertThatThrownBy(() -> disk.position((16 << 20) - 10).write(ByteBuffer.allocate(11)))
                    .isInstanceOf(IscsiException.class)
                    .hasMessage("cannot write 11 bytes at byte 16777206: the disk ends at byte 16777216");
            assertThatThrownBy(() -> disk.zero(16 << 20, 1)).isInstanceOf(IscsiException.class);
            disk.write(ByteBuffer.allocate(10));
        }
    }

    @Test
    void flush_waits_for_writes_and_synchronizes_the_cache() throws IOException {
        try (RemoteDisk disk = open()) {
            disk.write(ByteBuffer.allocate(5));
            disk.flush();
            assertThat(target.disk.writes).isEqualTo(1);
            assertThat(target.disk.synchronizations).isEqualTo(1);
            disk.flush();
        }
        assertThat(target.disk.synchronizations).isEqualTo(1);
    }

    @Test
    void close_completes_writes_and_logs_out() throws IOException {
        try (RemoteDisk disk = open()) {
            disk.write(ByteBuffer.wrap(random(5, 7)));
        }
        assertThat(target.disk.read(0, 5)).isEqualTo(random(5, 7));
        assertThat(target.disk.synchronizations).isEqualTo(1);
        assertThat(target.logouts).isEqualTo(1);
    }

    @Test
    void is_closed_once_and_for_all() throws IOException {
        RemoteDisk disk = open();
        disk.close();
        disk.close();
        assertThat(disk.isOpen()).isFalse();
        assertThat(target.logouts).isEqualTo(1);
        assertThatThrownBy(disk::flush).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(disk::size).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void close_from_another_thread_ends_a_waiting_call() throws Exception {
        RemoteDisk disk = open();
        target.script.fail(0x88, FakeFault.NONE, FakeFault.BUSY, FakeFault.BUSY, FakeFault.BUSY, FakeFault.BUSY);
        for (int i = 0; i < 100; i++) {
            target.script.fail(0x88, FakeFault.BUSY);
        }
        read(disk, 0, 10);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> outcome.complete(org.assertj.core.api.Assertions.catchThrowable(() -> read(disk, 8192, 512))));
        reader.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> reader.getState() == Thread.State.RUNNABLE);
        disk.close();
        assertThat(outcome.get(30, TimeUnit.SECONDS))
                .isInstanceOfAny(AsynchronousCloseException.class, ClosedChannelException.class);
        assertThat(target.logouts).isEqualTo(1);
    }

    @Test
    void an_interrupted_caller_fails_and_still_logs_out() throws Exception {
        RemoteDisk disk = open();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> read(disk, 0, 512)).hasMessageContaining("interrupted");
        disk.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(target.logouts).isEqualTo(1);
    }

    @Test
    void answers_pings_while_nobody_uses_the_disk() throws IOException {
        Environment lively = new Environment(new SecureRandom(), System::nanoTime, Duration.ofMillis(10));
        try (RemoteDisk disk = RemoteDisk.open(target.address(), OPTIONS, lively)) {
            target.ping();
            await().atMost(Duration.ofSeconds(30)).until(() -> target.pongs == 1);
            assertThat(disk.isOpen()).isTrue();
        }
    }

    @Test
    void every_session_has_an_identifier_of_its_own() throws IOException {
        open().close();
        open().close();
        assertThat(target.logins.get(0).isid).isNotEqualTo(target.logins.get(1).isid);
        assertThat(target.logins.get(0).isid[0]).isEqualTo((byte) 0x80);
    }

    @Test
    void zeroes_by_sending_zeros_where_nothing_is_promised() throws IOException {
        target.disk.write(0, random(1 << 20, 8));
        try (RemoteDisk disk = open()) {
            disk.zero(100, 500_000);
        }
        assertZeroed();
        assertThat(target.disk.writeSames).isZero();
    }

    @Test
    void zeroes_by_write_same_where_deallocated_blocks_read_as_zeros() throws IOException {
        target.disk.limits(0, 0, 512).provisioning(0xe4);
        target.disk.write(0, random(1 << 20, 8));
        try (RemoteDisk disk = open()) {
            assertThat(disk.zeroesNatively()).isTrue();
            disk.zero(100, 500_000);
        }
        assertZeroed();
        assertThat(target.disk.writeSames).isEqualTo(2);
        assertThat(target.disk.writes).isEqualTo(2);
    }

    @Test
    void zeroes_by_sending_zeros_where_write_same_is_promised_but_unknown() throws IOException {
        target.disk.limits(0, 0, 512);
        target.script.fail(0x93, FakeFault.INVALID_COMMAND);
        target.disk.write(0, random(1 << 20, 8));
        try (RemoteDisk disk = open()) {
            disk.zero(100, 500_000);
            assertThat(disk.zeroesNatively()).isFalse();
        }
        assertZeroed();
        assertThat(target.disk.writeSames).isZero();
    }

    @Test
    void zeroes_by_unmap_where_the_disk_confirms_it() throws IOException {
        target.disk.limits(0, 4096, 0).provisioning(0x84);
        target.disk.write(0, random(1 << 20, 8));
        target.disk.lbaStatus = lbaStatus(0, 4096, 1);
        try (RemoteDisk disk = open()) {
            disk.zero(100, 500_000);
        }
        assertZeroed();
        assertThat(target.disk.unmaps).isEqualTo(1);
        assertThat(target.disk.writes).isEqualTo(2);
    }

    @Test
    void sends_zeros_after_an_unmap_that_the_disk_does_not_confirm() throws IOException {
        target.disk.limits(0, 4096, 0).provisioning(0x84);
        target.disk.unmapDoesNothing = true;
        target.disk.write(0, random(1 << 20, 8));
        target.disk.lbaStatus = lbaStatus(0, 4096, 0);
        try (RemoteDisk disk = open()) {
            disk.zero(100, 500_000);
        }
        assertZeroed();
        assertThat(target.disk.unmaps).isEqualTo(1);
    }

    private void assertZeroed() {
        byte[] expected = random(1 << 20, 8);
        ByteBuffer.wrap(expected).put(100, new byte[500_000]);
        assertThat(target.disk.read(0, 1 << 20)).isEqualTo(expected);
    }

    private static byte[] lbaStatus(long block, int count, int status) {
        return ByteBuffer.allocate(24)
                .putLong(0, block)
                .putLong(8, block)
                .putInt(16, count)
                .put(20, (byte) status)
                .array();
    }

    private RemoteDisk open() throws IOException {
        return RemoteDisk.open(target.address(), OPTIONS);
    }

    private void writeAndReadBack(IscsiOptions options) throws IOException {
        byte[] bytes = random(3_000_000, 2);
        try (RemoteDisk disk = RemoteDisk.open(target.address(), options)) {
            disk.position(12345).write(ByteBuffer.wrap(bytes));
            assertThat(read(disk, 12345, bytes.length)).isEqualTo(bytes);
        }
        assertThat(target.disk.read(12345, bytes.length)).isEqualTo(bytes);
        assertThat(target.logouts).isEqualTo(1);
    }

    private static byte[] read(RemoteDisk disk, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        disk.position(position);
        while (buffer.hasRemaining() && disk.read(buffer) >= 0) {
            // until it is full
        }
        return buffer.array();
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
