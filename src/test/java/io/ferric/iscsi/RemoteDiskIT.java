package io.ferric.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against Debian's tgtd; what it holds is checked in its backing file. */
@Timeout(60)
class RemoteDiskIT {
    private static final IscsiOptions OPTIONS = IscsiOptions.defaults().withDeadline(Duration.ofSeconds(20));
    private static final IscsiOptions HASTY = OPTIONS.withDeadline(Duration.ofSeconds(1));
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void what_is_written_stands_in_the_backing_file_and_reads_back() throws IOException {
        byte[] bytes = random(20 * MEGABYTE + 777);
        Path backing = sparse(64L * MEGABYTE);
        try (Tgtd target = Tgtd.serving(backing)) {
            try (RemoteDisk disk = RemoteDisk.open(target.address(), OPTIONS)) {
                assertThat(disk.size()).isEqualTo(64L * MEGABYTE);
                assertThat(disk.identity().vendor()).isEqualTo("IET");
                disk.position(12_345).write(ByteBuffer.wrap(bytes));
                disk.flush();
                assertThat(inFile(backing, 12_345, bytes.length)).isEqualTo(bytes);
                assertThat(read(disk, 12_345, bytes.length)).isEqualTo(bytes);
                assertThat(target.sessions()).isEqualTo(1);
            }
            assertThat(target.sessions()).isZero();
        }
    }

    @Test
    void a_disk_with_blocks_of_4096_takes_single_bytes() throws IOException {
        Path backing = sparse(MEGABYTE);
        try (Tgtd target = Tgtd.serving(backing, "--blocksize", 4096);
                RemoteDisk disk = RemoteDisk.open(target.address(), OPTIONS)) {
            assertThat(disk.blockSize()).isEqualTo(4096);
            disk.position(4095).write(ByteBuffer.wrap(new byte[] {1, 2}));
            disk.flush();
            assertThat(inFile(backing, 4094, 4)).containsExactly(0, 1, 2, 0);
        }
    }

    @Test
    void the_end_of_a_disk_of_four_tebibytes_can_be_written() throws IOException {
        long size = 4L << 40;
        byte[] bytes = random(MEGABYTE);
        Path backing = sparse(size);
        try (Tgtd target = Tgtd.serving(backing);
                RemoteDisk disk = RemoteDisk.open(target.address(), OPTIONS)) {
            assertThat(disk.size()).isEqualTo(size);
            disk.position(size - MEGABYTE).write(ByteBuffer.wrap(bytes));
            disk.flush();
            assertThat(inFile(backing, size - MEGABYTE, MEGABYTE)).isEqualTo(bytes);
            assertThat(read(disk, size - MEGABYTE, MEGABYTE)).isEqualTo(bytes);
            assertThatThrownBy(() -> disk.position(size).write(ByteBuffer.allocate(1)))
                    .hasMessageContaining("the disk ends at byte " + size);
        }
    }

    @Test
    void the_target_itself_refuses_a_write_past_the_end_in_words() throws IOException {
        Path backing = sparse(MEGABYTE);
        try (Tgtd target = Tgtd.serving(backing);
                IscsiSession session = IscsiSession.open(target.address(), OPTIONS, Environment.system())) {
            Task task = ScsiCommand.write(session.acquire(), 1L << 40, 8, 512);
            assertThatThrownBy(() -> session.run(task))
                    .hasMessageContaining("ILLEGAL REQUEST, logical block address out of range (key 5 asc 21 ascq 00)");
        }
    }

    @Test
    void zeroes_whatever_was_there_before() throws IOException {
        for (boolean thin : new boolean[] {false, true}) {
            Path backing = sparse(8L * MEGABYTE);
            byte[] before = random(8 * MEGABYTE);
            try (FileChannel file = FileChannel.open(backing, java.nio.file.StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(before));
            }
            try (Tgtd target = Tgtd.serving(backing)) {
                String provisioning = "thin_provisioning=" + (thin ? 1 : 0);
                target.admin("--mode", "logicalunit", "--op", "update", "--tid", 1, "--lun", 1, "-P", provisioning);
                try (RemoteDisk disk = RemoteDisk.open(target.address(), OPTIONS)) {
                    assertThat(disk.zeroesNatively()).isEqualTo(thin);
                    disk.zero(1001, 5_000_000);
                }
            }
            ByteBuffer.wrap(before).put(1001, new byte[5_000_000]);
            assertThat(inFile(backing, 0, before.length)).isEqualTo(before);
        }
    }

    /** A conductor that was thought dead goes on writing, what it had on the way included; its successor has the disk. */
    @Test
    void the_target_ends_a_session_that_another_replaces() throws IOException {
        IscsiOptions replacing = OPTIONS.withReplacing();
        byte[] successors = random(4 * MEGABYTE);
        Path backing = sparse(64L * MEGABYTE);
        try (Tgtd target = Tgtd.serving(backing);
                RemoteDisk former = RemoteDisk.open(target.address(), replacing)) {
            former.write(ByteBuffer.wrap(random(16 * MEGABYTE)));
            try (RemoteDisk successor = RemoteDisk.open(target.address(), replacing)) {
                successor.write(ByteBuffer.wrap(successors));
                successor.flush();
                assertThat(target.sessions()).isEqualTo(1);
                assertThatThrownBy(() -> {
                            former.position(0).write(ByteBuffer.wrap(random(16 * MEGABYTE)));
                            former.flush();
                        })
                        .isInstanceOf(IOException.class);
                assertThat(read(successor, 0, successors.length)).isEqualTo(successors);
            }
            assertThat(inFile(backing, 0, successors.length)).isEqualTo(successors);
        }
    }

    @Test
    void other_sessions_live_side_by_side() throws IOException {
        try (Tgtd target = Tgtd.serving(sparse(MEGABYTE));
                RemoteDisk one = RemoteDisk.open(target.address(), OPTIONS);
                RemoteDisk other = RemoteDisk.open(target.address(), OPTIONS)) {
            one.write(ByteBuffer.wrap(new byte[] {1}));
            one.flush();
            assertThat(read(other, 0, 1)).containsExactly(1);
            assertThat(target.sessions()).isEqualTo(2);
        }
    }

    @Test
    void logs_in_with_chap_and_only_with_the_right_secret() throws IOException {
        try (Tgtd target = Tgtd.serving(sparse(MEGABYTE)).wantsChap("ferric", "secret-of-ferric")) {
            IscsiTarget address = target.address();
            RemoteDisk.open(address.withChap(Chap.of("ferric", "secret-of-ferric")), OPTIONS)
                    .close();
            assertThatThrownBy(() -> RemoteDisk.open(address.withChap(Chap.of("ferric", "wrong-secret!")), OPTIONS))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("authentication failed");
            assertThatThrownBy(() -> RemoteDisk.open(address, OPTIONS))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("authentication failed");
        }
    }

    @Test
    void mutual_chap_holds_the_target_to_its_secret() throws IOException {
        try (Tgtd target = Tgtd.serving(sparse(MEGABYTE)).wantsChap("ferric", "secret-of-ferric")) {
            target.admin("--mode", "account", "--op", "new", "--user", "tgt", "--password", "secret-of-target");
            target.admin("--mode", "account", "--op", "bind", "--tid", 1, "--user", "tgt", "--outgoing");
            Chap chap = Chap.of("ferric", "secret-of-ferric");
            RemoteDisk.open(target.address().withChap(chap.mutual("tgt", "secret-of-target")), OPTIONS)
                    .close();
            assertThatThrownBy(() ->
                            RemoteDisk.open(target.address().withChap(chap.mutual("tgt", "another-secret")), OPTIONS))
                    .hasMessageContaining("has not proved");
        }
    }

    @Test
    void an_unknown_name_and_a_wrong_lun_are_told_apart() throws IOException {
        try (Tgtd target = Tgtd.serving(sparse(MEGABYTE))) {
            IscsiTarget right = target.address();
            assertThatThrownBy(() -> open(IscsiTarget.of(right.host(), right.port(), Tgtd.IQN + "x", 1)))
                    .hasMessageContaining("no such target");
            assertThatThrownBy(() -> open(IscsiTarget.of(right.host(), right.port(), Tgtd.IQN, 0)))
                    .hasMessageContaining("LUN 0 is not a disk");
            assertThatThrownBy(() -> open(IscsiTarget.of(right.host(), right.port(), Tgtd.IQN, 7)))
                    .hasMessageContaining("LUN 7");
            assertThat(target.sessions()).isZero();
        }
    }

    @Test
    void a_target_killed_in_the_middle_fails_at_once() throws IOException {
        try (Tgtd target = Tgtd.serving(sparse(256L * MEGABYTE))) {
            assertThat(failureAfter(target, target::kill, OPTIONS))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("WRITE(16)");
        }
    }

    @Test
    void a_target_frozen_in_the_middle_fails_at_the_deadline() throws IOException {
        try (Tgtd target = Tgtd.serving(sparse(256L * MEGABYTE))) {
            long start = System.nanoTime();
            assertThat(failureAfter(target, target::freeze, HASTY))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("no progress within 1.0 s");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_target_frozen_before_the_login_fails_at_the_deadline() throws IOException {
        try (Tgtd target = Tgtd.serving(sparse(MEGABYTE))) {
            target.freeze();
            assertThatThrownBy(() -> RemoteDisk.open(target.address(), HASTY))
                    .hasMessageContaining("did not answer within 1.0 s");
        }
    }

    private static Throwable failureAfter(Tgtd target, Runnable mishap, IscsiOptions options) throws IOException {
        ByteBuffer megabyte = ByteBuffer.wrap(random(MEGABYTE));
        try (RemoteDisk disk = RemoteDisk.open(target.address(), options)) {
            return catchThrowable(() -> {
                for (int i = 0; i < 200; i++) {
                    if (i == 20) {
                        mishap.run();
                    }
                    disk.write(megabyte.rewind());
                }
                disk.flush();
            });
        }
    }

    private static void open(IscsiTarget address) throws IOException {
        RemoteDisk.open(address, OPTIONS).close();
    }

    private Path sparse(long size) throws IOException {
        Path file = folder.resolve("disk.raw");
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength(size);
        }
        return file;
    }

    private static byte[] inFile(Path file, long position, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
                // until it is full
            }
            return bytes.array();
        }
    }

    private static byte[] read(RemoteDisk disk, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        assertThat(disk.position(position).read(bytes)).isEqualTo(length);
        return bytes.array();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
