package io.ferric.lab.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferric.iscsi.DigestPolicy;
import io.ferric.iscsi.IscsiOptions;
import io.ferric.iscsi.RemoteDisk;
import io.ferric.lab.iscsi.RawInitiator.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IscsiTargetTest {
    private static final String IQN = "iqn.2026-11.test:disk";
    private static final int MIB = 1 << 20;
    private static final int SIZE = 16 * MIB;

    @TempDir
    private Path folder;

    private SparseDisk disk;
    private IscsiTarget target;

    @BeforeEach
    void open() throws Exception {
        disk = SparseDisk.open(folder.resolve("disk.raw"), SIZE);
        target = IscsiTarget.of(IQN, disk).start();
    }

    @AfterEach
    void close() throws Exception {
        target.close();
        disk.close();
    }

    @Test
    void gives_back_what_was_written() throws Exception {
        roundTrip(IscsiOptions.defaults());
        assertThat(target.sessionsDropped()).isZero();
    }

    @Test
    void ends_a_session_that_another_replaces() throws Exception {
        IscsiOptions replacing = IscsiOptions.defaults().withReplacing();
        try (RemoteDisk former = open(replacing)) {
            former.write(random(2 * MIB));
            try (RemoteDisk successor = open(replacing)) {
                long written = target.bytesWritten();
                assertThatThrownBy(() -> {
                            former.write(random(2 * MIB));
                            former.flush();
                        })
                        .isInstanceOf(IOException.class);
                assertThat(target.bytesWritten()).isEqualTo(written);
                successor.position(0).write(random(MIB));
                successor.flush();
                assertThat(target.sessions()).isEqualTo(1);
            }
        }
        assertThat(target.sessionsDropped()).isEqualTo(1);
    }

    @Test
    void lets_other_sessions_live_side_by_side() throws Exception {
        try (RemoteDisk one = open(IscsiOptions.defaults());
                RemoteDisk other = open(IscsiOptions.defaults())) {
            one.write(random(MIB));
            one.flush();
            other.flush();
            assertThat(target.sessions()).isEqualTo(2);
        }
    }

    @Test
    void agrees_on_digests() throws Exception {
        roundTrip(IscsiOptions.defaults().withDigests(DigestPolicy.REQUIRED, DigestPolicy.REQUIRED));
    }

    @Test
    void works_within_the_limits_of_tgt() throws Exception {
        restart(IscsiTarget.of(IQN, disk).limits(TargetLimits.likeTgt()));
        roundTrip(IscsiOptions.defaults().withDigests(DigestPolicy.REQUIRED, DigestPolicy.REQUIRED));
    }

    @Test
    void works_without_immediate_data_in_small_bursts() throws Exception {
        restart(IscsiTarget.of(IQN, disk).limits(new TargetLimits(4096, 8192, 12288, false, false)));
        roundTrip(IscsiOptions.defaults());
    }

    @Test
    void promises_zeros_and_keeps_the_promise() throws Exception {
        try (RemoteDisk remote = open(IscsiOptions.defaults())) {
            assertThat(remote.zeroesNatively()).isTrue();
            remote.write(random(2 * MIB));
            remote.zero(1000 * 512, MIB);
            remote.flush();
        }
        ByteBuffer back = ByteBuffer.allocate(2 * MIB);
        disk.read(0, back);
        byte[] expected = random(2 * MIB).array();
        Arrays.fill(expected, 1000 * 512, 1000 * 512 + MIB, (byte) 0);
        assertThat(Arrays.equals(back.array(), expected)).isTrue();
    }

    @Test
    void promises_nothing_when_told_so() throws Exception {
        restart(IscsiTarget.of(IQN, disk).zeroes(false));
        try (RemoteDisk remote = open(IscsiOptions.defaults())) {
            assertThat(remote.zeroesNatively()).isFalse();
        }
        try (RawInitiator raw = new RawInitiator(target.port()).loggedIn(IQN)) {
            raw.command(1, 0, 0x00);
            assertThat(raw.command(1, 0, 0x93, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
                            .sense())
                    .isEqualTo(0x052000);
        }
    }

    @Test
    void meets_the_first_command_with_unit_attention() throws Exception {
        try (RawInitiator raw = new RawInitiator(target.port()).loggedIn(IQN)) {
            Answer first = raw.command(1, 0, 0x00);
            assertThat(first.status()).isEqualTo(2);
            assertThat(first.sense()).isEqualTo(0x062900);
            assertThat(raw.command(1, 0, 0x00).status()).isZero();
        }
    }

    @Test
    void has_a_controller_before_the_disk() throws Exception {
        try (RawInitiator raw = new RawInitiator(target.port()).loggedIn(IQN)) {
            assertThat(raw.command(0, 36, 0x12, 0, 0, 0, 36).data()[0]).isEqualTo((byte) 0x0C);
            assertThat(raw.command(1, 36, 0x12, 0, 0, 0, 36).data()[0]).isZero();
            assertThat(raw.command(0, 64, 0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 64).data())
                    .hasSize(24);
            assertThat(raw.command(7, 0, 0x00).sense()).isEqualTo(0x052500);
        }
    }

    @Test
    void refuses_what_lies_beyond_the_end() throws Exception {
        int end = SIZE / 512;
        try (RawInitiator raw = new RawInitiator(target.port()).loggedIn(IQN)) {
            raw.command(1, 0, 0x00);
            int[] read = {0x28, 0, 0, 0, end >> 8, end & 0xFF, 0, 0, 1};
            assertThat(raw.command(1, 512, read).sense()).isEqualTo(0x052100);
            int[] write = {0x2A, 0, 0, 0, end - 1 >> 8, end - 1 & 0xFF, 0, 0, 2};
            assertThat(raw.write(1, new byte[1024], 1024, write).sense()).isEqualTo(0x052100);
        }
    }

    @Test
    void reports_underflow_and_overflow() throws Exception {
        try (RawInitiator raw = new RawInitiator(target.port()).loggedIn(IQN)) {
            raw.command(1, 0, 0x00);
            Answer under = raw.command(1, 100, 0x12, 0, 0, 0, 36);
            assertThat(under.header().get(1) & 0x06).isEqualTo(0x02);
            assertThat(under.header().getInt(44)).isEqualTo(64);
            Answer over = raw.command(1, 512, 0x28, 0, 0, 0, 0, 0, 0, 0, 2);
            assertThat(over.data()).hasSize(512);
            assertThat(over.header().get(1) & 0x06).isEqualTo(0x04);
            assertThat(over.header().getInt(44)).isEqualTo(512);
        }
    }

    @Test
    void asks_for_the_rest_of_a_write() throws Exception {
        byte[] data = random(4 * 512).array();
        try (RawInitiator raw = new RawInitiator(target.port()).loggedIn(IQN)) {
            raw.command(1, 0, 0x00);
            ByteBuffer header = raw.commandHeader(1, 0xA0, data.length, 0x2A, 0, 0, 0, 0, 8, 0, 0, 4);
            Answer r2t = raw.exchange(header, Arrays.copyOf(data, 512));
            assertThat(r2t.opcode()).isEqualTo(0x31);
            assertThat(r2t.header().getInt(40)).isEqualTo(512);
            assertThat(r2t.header().getInt(44)).isEqualTo(data.length - 512);
            ByteBuffer out = raw.header(0x05, 0x80, header.getInt(16));
            out.putInt(20, r2t.header().getInt(20)).putInt(40, 512);
            assertThat(raw.exchange(out, Arrays.copyOfRange(data, 512, data.length))
                            .status())
                    .isZero();
        }
        ByteBuffer back = ByteBuffer.allocate(data.length);
        disk.read(8 * 512, back);
        assertThat(back.array()).isEqualTo(data);
        assertThat(target.bytesWritten()).isEqualTo(data.length);
    }

    @Test
    void answers_pings_and_says_where_it_is() throws Exception {
        restart(IscsiTarget.of(IQN, disk).advertise("10.9.8.7:3260"));
        try (RawInitiator raw = new RawInitiator(target.port())) {
            raw.login("InitiatorName=iqn.2026-11.test:raw", "SessionType=Discovery");
            ByteBuffer text = raw.header(0x04, 0x80, 5).putInt(20, -1);
            text.putInt(24, raw.nextCmdSn());
            assertThat(raw.exchange(text, "SendTargets=All\0".getBytes()).text())
                    .isEqualTo("TargetName=" + IQN + "\0TargetAddress=10.9.8.7:3260,1\0");
            ByteBuffer ping = raw.header(0x40, 0x80, 6).putInt(20, -1);
            ping.putInt(24, raw.nextCmdSn());
            Answer pong = raw.exchange(ping, "hello".getBytes());
            assertThat(pong.opcode()).isEqualTo(0x20);
            assertThat(pong.text()).isEqualTo("hello");
        }
    }

    @Test
    void refuses_logins_with_the_status_of_the_rfc() throws Exception {
        assertThat(loginStatus("InitiatorName=iqn.2026-11.test:raw", "TargetName=iqn.2026-11.test:other"))
                .isEqualTo(0x0203);
        assertThat(loginStatus("TargetName=" + IQN)).isEqualTo(0x0207);
        restart(IscsiTarget.of(IQN, disk).chap("user", "secret-secret"));
        assertThat(loginStatus("InitiatorName=iqn.2026-11.test:raw", "TargetName=" + IQN))
                .isEqualTo(0x0201);
    }

    @Test
    void drops_an_initiator_that_breaks_the_rules() throws Exception {
        try (RawInitiator raw = new RawInitiator(target.port()).loggedIn(IQN)) {
            raw.nextCmdSn();
            assertThatThrownBy(() -> raw.command(1, 0, 0x00)).isInstanceOf(EOFException.class);
        }
        try (RawInitiator raw = new RawInitiator(target.port()).loggedIn(IQN)) {
            raw.command(1, 0, 0x00);
            ByteBuffer header = raw.commandHeader(1, 0x20, 1024, 0x2A, 0, 0, 0, 0, 0, 0, 0, 2);
            assertThatThrownBy(() -> raw.exchange(header, new byte[512]))
                    .as("no F bit with InitialR2T=Yes")
                    .isInstanceOf(EOFException.class);
        }
        try (RawInitiator raw = new RawInitiator(target.port()).loggedIn(IQN)) {
            raw.command(1, 0, 0x00);
            int[] write = {0x2A, 0, 0, 0, 0, 0, 0, 0, 129};
            assertThatThrownBy(() -> raw.write(1, new byte[129 * 512], 129 * 512, write))
                    .as("more than the FirstBurstLength of 64 KiB")
                    .isInstanceOf(EOFException.class);
        }
        await().until(() -> target.sessionsDropped() == 3 && target.sessions() == 0);
    }

    @Test
    void fails_in_the_middle_of_writing() throws Exception {
        for (TargetFault fault : TargetFault.values()) {
            restart(IscsiTarget.of(IQN, disk));
            target.fail(fault, MIB);
            assertThatThrownBy(() -> {
                        try (RemoteDisk remote = open(IscsiOptions.defaults().withDeadline(Duration.ofSeconds(2)))) {
                            remote.write(random(8 * MIB));
                            remote.flush();
                        }
                    })
                    .as(fault.name())
                    .isInstanceOf(IOException.class);
            assertThat(target.bytesWritten()).isLessThan(8 * MIB);
        }
    }

    private int loginStatus(String... keys) throws IOException {
        try (RawInitiator raw = new RawInitiator(target.port())) {
            return raw.login(keys).loginStatus();
        }
    }

    private void restart(IscsiTarget.Builder builder) throws IOException {
        target.close();
        target = builder.start();
    }

    private RemoteDisk open(IscsiOptions options) throws IOException {
        return RemoteDisk.open(io.ferric.iscsi.IscsiTarget.of("127.0.0.1", target.port(), IQN, 1), options);
    }

    private void roundTrip(IscsiOptions options) throws IOException {
        ByteBuffer back = ByteBuffer.allocate(5 * MIB);
        try (RemoteDisk remote = open(options)) {
            assertThat(remote.size()).isEqualTo(SIZE);
            remote.position(3 * 512);
            remote.write(random(5 * MIB));
            remote.flush();
            remote.position(3 * 512);
            while (back.hasRemaining() && remote.read(back) >= 0) {}
        }
        assertThat(Arrays.equals(back.array(), random(5 * MIB).array())).isTrue();
    }

    private static ByteBuffer random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
