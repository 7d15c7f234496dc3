package io.ferric.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RemoteDiskFaultTest {
    private static final int READ = 0x88;
    private static final int WRITE = 0x8a;
    private static final IscsiOptions PATIENT = IscsiOptions.defaults().withDeadline(Duration.ofSeconds(5));
    private static final IscsiOptions HASTY = PATIENT.withDeadline(Duration.ofMillis(1500));

    private final FakeTarget target = FakeTarget.ofMegabytes(16);

    @AfterEach
    void target_has_seen_no_breach_of_protocol() throws IOException {
        target.close();
        assertThat(target.complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RESET, connection was lost",
        "REJECT, invalid field in a PDU (reject reason 0x9)",
        "ASK_FOR_LOGOUT, the target asks us to log out",
        "MEDIUM_ERROR, 'WRITE(16) of 262144 bytes at byte 262144 failed: MEDIUM ERROR, write error (key 3 asc 0c ascq 00)'",
        "OUT_OF_RANGE, 'ILLEGAL REQUEST, logical block address out of range (key 5 asc 21 ascq 00)'",
        "RESERVATION_CONFLICT, another initiator has reserved the disk",
        "TARGET_FAILURE, target failure 0x1",
        "WRONG_TAG, answers a command that is not under way",
        "UNKNOWN_OPCODE, unexpected opcode 0x3a",
        "R2T_TOO_FAR, the target asks for 1024 bytes at 261632",
        "DONE_EARLY, not all of the data was exchanged"
    })
    void a_failed_write_surfaces_at_the_latest_in_flush_and_stays(FakeFault fault, String words) throws IOException {
        target.script.wish("FirstBurstLength", "65536").fail(WRITE, FakeFault.NONE, fault);
        try (RemoteDisk disk = RemoteDisk.open(target.address(), PATIENT)) {
            assertThatThrownBy(() -> {
                        disk.write(ByteBuffer.allocate(1 << 20));
                        disk.flush();
                    })
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining(words)
                    .hasMessageStartingWith("iSCSI target 127.0.0.1:");
            assertThatThrownBy(disk::flush).hasMessageContaining(words);
            assertThatThrownBy(() -> disk.write(ByteBuffer.allocate(1))).hasMessageContaining(words);
        }
    }

    @Test
    void a_failed_write_that_nobody_flushed_surfaces_in_close_and_logs_out() throws IOException {
        target.script.fail(WRITE, FakeFault.MEDIUM_ERROR);
        RemoteDisk disk = RemoteDisk.open(target.address(), PATIENT);
        disk.write(ByteBuffer.allocate(1000));
        assertThatThrownBy(disk::close).hasMessageContaining("MEDIUM ERROR");
        assertThat(target.logouts).isEqualTo(1);
        disk.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RESET, connection was lost",
        "MEDIUM_ERROR_DESCRIPTOR, unrecovered read error",
        "DAMAGED_HEADER, a header arrived damaged",
        "DAMAGED_DATA, data arrived damaged",
        "SHORT_READ, not all of the data was exchanged",
        "DATA_OUT_OF_ORDER, out of order",
        "HUGE_SEGMENT, a data segment of 16777215 bytes"
    })
    void a_failed_read_tells_why(FakeFault fault, String words) throws IOException {
        target.script.wish("HeaderDigest", "CRC32C").wish("DataDigest", "CRC32C");
        target.script.fail(READ, fault);
        IscsiOptions digests = PATIENT.withDigests(DigestPolicy.REQUIRED, DigestPolicy.REQUIRED);
        try (RemoteDisk disk = RemoteDisk.open(target.address(), digests)) {
            assertThatThrownBy(() -> disk.read(ByteBuffer.allocate(100_000))).hasMessageContaining(words);
        }
    }

    @Test
    void a_read_refused_by_the_disk_leaves_it_usable() throws IOException {
        target.script.fail(READ, FakeFault.MEDIUM_ERROR);
        try (RemoteDisk disk = RemoteDisk.open(target.address(), PATIENT)) {
            assertThatThrownBy(() -> disk.read(ByteBuffer.allocate(100))).isInstanceOf(IscsiException.class);
            assertThat(disk.read(ByteBuffer.allocate(100))).isEqualTo(100);
        }
        assertThat(target.logouts).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "TASK_SET_FULL", "PARAMETERS_CHANGED", "BECOMING_READY", "VENDOR_EVENT", "PING_FIRST"})
    void a_passing_trouble_is_overcome(FakeFault fault) throws IOException {
        target.script.fail(0x00, fault, fault);
        target.script.fail(0x12, fault);
        target.script.fail(0x9e, fault);
        target.script.fail(WRITE, fault, fault, fault, FakeFault.NONE, fault);
        target.script.fail(READ, fault, fault);
        target.script.fail(0x91, fault);
        byte[] bytes = new byte[2 << 20];
        new java.util.Random(1).nextBytes(bytes);
        try (RemoteDisk disk = RemoteDisk.open(target.address(), PATIENT)) {
            disk.write(ByteBuffer.wrap(bytes));
            disk.flush();
            ByteBuffer back = ByteBuffer.allocate(bytes.length);
            disk.position(0).read(back);
            assertThat(back.array()).isEqualTo(bytes);
        }
        assertThat(target.disk.read(0, bytes.length)).isEqualTo(bytes);
    }

    @Test
    void a_target_busy_for_ever_fails_at_the_deadline() throws IOException {
        for (int i = 0; i < 1000; i++) {
            target.script.fail(WRITE, FakeFault.BUSY);
        }
        try (RemoteDisk disk = RemoteDisk.open(target.address(), HASTY)) {
            disk.write(ByteBuffer.allocate(512));
            assertThatThrownBy(disk::flush).hasMessageContaining("BUSY for 1.5 s");
        }
        assertThat(target.logouts).isEqualTo(1);
    }

    @Test
    void a_reset_before_the_first_write_or_after_a_flush_is_overcome() throws IOException {
        target.script.fail(0x00, FakeFault.DISK_RESET);
        target.script.fail(READ, FakeFault.DISK_RESET, FakeFault.NONE, FakeFault.DISK_RESET);
        target.script.fail(WRITE, FakeFault.DISK_RESET);
        try (RemoteDisk disk = RemoteDisk.open(target.address(), PATIENT)) {
            disk.read(ByteBuffer.allocate(512));
            disk.position(0).write(ByteBuffer.allocate(512));
            disk.flush();
            assertThat(disk.position(1 << 20).read(ByteBuffer.allocate(512))).isEqualTo(512);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WRITE, 0x91})
    void a_reset_while_writes_may_be_in_the_cache_is_a_loss(int operation) throws IOException {
        RemoteDisk disk = RemoteDisk.open(target.address(), PATIENT);
        disk.write(ByteBuffer.allocate(512));
        disk.read(ByteBuffer.allocate(512)); // waits for the write
        target.script.fail(operation, FakeFault.DISK_RESET);
        disk.write(ByteBuffer.allocate(512));
        assertThatThrownBy(disk::flush)
                .isInstanceOf(IscsiException.class)
                .hasMessageContaining("reset before all writes were on its medium")
                .hasMessageContaining("asc 29");
        assertThatThrownBy(disk::flush).hasMessageContaining("reset before all writes");
        disk.close();
    }

    @Test
    void unit_attention_for_ever_fails() throws IOException {
        for (int i = 0; i < 100; i++) {
            target.script.fail(READ, FakeFault.DISK_RESET);
        }
        try (RemoteDisk disk = RemoteDisk.open(target.address(), PATIENT)) {
            assertThatThrownBy(() -> disk.read(ByteBuffer.allocate(1)))
                    .hasMessageContaining("UNIT ATTENTION, power on, reset, or bus device reset occurred")
                    .hasMessageContaining("again and again");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FREEZE", "PING_AND_FREEZE"})
    void a_frozen_target_fails_at_the_deadline_and_close_does_not_wait_again(FakeFault fault) throws IOException {
        target.script.fail(WRITE, FakeFault.NONE, fault);
        RemoteDisk disk = RemoteDisk.open(target.address(), HASTY);
        long start = System.nanoTime();
        Throwable failure = catchThrowable(() -> {
            disk.write(ByteBuffer.allocate(8 << 20));
            disk.flush();
        });
        disk.close();
        assertThat(failure)
                .hasMessageContaining("no progress within 1.5 s")
                .hasMessageContaining("8 commands under way, one of them WRITE(16) of 262144 bytes");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void a_slow_cache_may_take_its_time_while_the_target_answers_pings() throws IOException {
        target.script.fail(0x91, FakeFault.SLOW_BUT_ALIVE);
        long start = System.nanoTime();
        try (RemoteDisk disk = RemoteDisk.open(target.address(), HASTY)) {
            disk.write(ByteBuffer.allocate(512));
            disk.flush();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void a_target_frozen_in_flush_fails_at_the_deadline() throws IOException {
        target.script.fail(0x91, FakeFault.FREEZE);
        try (RemoteDisk disk = RemoteDisk.open(target.address(), HASTY)) {
            disk.write(ByteBuffer.allocate(512));
            assertThatThrownBy(disk::flush).hasMessageContaining("SYNCHRONIZE CACHE(16)");
        }
    }

    @Test
    void a_target_that_does_not_answer_the_logout_holds_nobody_up() throws IOException {
        target.script.silentLogout = true;
        long start = System.nanoTime();
        RemoteDisk.open(target.address(), HASTY).close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void a_disk_without_synchronize_cache_is_flushed_all_the_same() throws IOException {
        target.script.fail(0x91, FakeFault.INVALID_COMMAND);
        target.script.fail(0x35, FakeFault.INVALID_COMMAND);
        try (RemoteDisk disk = RemoteDisk.open(target.address(), PATIENT)) {
            disk.write(ByteBuffer.allocate(512));
            disk.flush();
        }
        assertThat(target.disk.writes).isEqualTo(1);
        assertThat(target.disk.synchronizations).isZero();
    }

    @Test
    void a_disk_that_knows_only_the_older_synchronize_cache_is_asked_for_that() throws IOException {
        target.script.fail(0x91, FakeFault.INVALID_COMMAND);
        try (RemoteDisk disk = RemoteDisk.open(target.address(), PATIENT)) {
            disk.write(ByteBuffer.allocate(512));
            disk.flush();
        }
        assertThat(target.disk.synchronizations).isEqualTo(1);
    }

    @Test
    void a_synchronize_cache_refused_for_another_reason_fails_the_flush() throws IOException {
        target.script.fail(0x91, FakeFault.INVALID_FIELD);
        try (RemoteDisk disk = RemoteDisk.open(target.address(), PATIENT)) {
            disk.write(ByteBuffer.allocate(512));
            assertThatThrownBy(disk::flush)
                    .hasMessageContaining("SYNCHRONIZE CACHE(16) failed")
                    .hasMessageContaining("invalid field in command");
        }
    }

    @Test
    void what_is_not_a_disk_is_refused_and_logged_out() {
        target.disk.peripheral = 0x0c;
        assertThatThrownBy(() -> RemoteDisk.open(target.address(), PATIENT))
                .hasMessageContaining("LUN 1 is not a disk but a device of type 0xc");
        assertThat(target.logouts).isEqualTo(1);
    }

    @Test
    void a_lun_that_does_not_exist_is_refused() {
        target.disk.peripheral = 0x7f;
        assertThatThrownBy(() -> RemoteDisk.open(target.address(), PATIENT)).hasMessageContaining("LUN 1 is not there");
    }
}
