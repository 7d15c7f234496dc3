package io.ferric.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever is done to a disk, in whatever order, it holds what an array of bytes would hold. */
class RemoteDiskPropertyTest {
    private static final int SIZE = 4 << 20;

    private enum Kind {
        WRITE,
        READ,
        ZERO,
        FLUSH
    }

    private record Step(Kind kind, int position, int length) {}

    private record Terms(
            String initialR2T, String immediate, int segment, int firstBurst, int window, boolean digests) {}

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void a_disk_holds_what_an_array_would_hold(
            @ForAll("steps") List<Step> steps, @ForAll("terms") Terms terms, @ForAll("disks") FakeDisk disk)
            throws IOException {
        byte[] model = new byte[SIZE];
        try (FakeTarget target = new FakeTarget(disk)) {
            apply(terms, target.script);
            try (RemoteDisk remote = RemoteDisk.open(target.address(), options(terms))) {
                Random random = new Random(1);
                for (Step step : steps) {
                    perform(step, remote, model, random);
                }
            }
            assertThat(target.complaints).isEmpty();
            assertThat(disk.read(0, SIZE)).isEqualTo(model);
        }
    }

    private static void perform(Step step, RemoteDisk remote, byte[] model, Random random) throws IOException {
        int position = step.position();
        int length = Math.min(step.length(), SIZE - position);
        byte[] bytes = new byte[length];
        switch (step.kind()) {
            case WRITE -> {
                random.nextBytes(bytes);
                assertThat(remote.position(position).write(ByteBuffer.wrap(bytes)))
                        .isEqualTo(length);
                System.arraycopy(bytes, 0, model, position, length);
            }
            case ZERO -> {
                remote.zero(position, length);
                System.arraycopy(bytes, 0, model, position, length);
            }
            case READ -> {
                remote.position(position).read(ByteBuffer.wrap(bytes));
                assertThat(ByteBuffer.wrap(bytes)).isEqualTo(ByteBuffer.wrap(model, position, length));
            }
            case FLUSH -> remote.flush();
        }
    }

    private static void apply(Terms terms, FakeScript script) {
        script.window = terms.window();
        script.wish("InitialR2T", terms.initialR2T()).wish("ImmediateData", terms.immediate());
        script.wish("MaxRecvDataSegmentLength", Integer.toString(terms.segment()));
        script.wish("FirstBurstLength", Integer.toString(terms.firstBurst()));
    }

    private static IscsiOptions options(Terms terms) {
        DigestPolicy digests = terms.digests() ? DigestPolicy.PREFERRED : DigestPolicy.OFF;
        return IscsiOptions.defaults()
                .withPipeline(64 * 1024, 4)
                .withDigests(digests, digests)
                .withDeadline(Duration.ofSeconds(10));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> lengths = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 2000), Arbitraries.integers().between(0, 500_000));
        Arbitrary<Integer> positions = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 5000), Arbitraries.integers().between(0, SIZE - 1));
        return Combinators.combine(Arbitraries.of(Kind.class), positions, lengths)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    @Provide
    Arbitrary<Terms> terms() {
        Arbitrary<String> yesOrNo = Arbitraries.of("Yes", "No");
        return Combinators.combine(
                        yesOrNo,
                        yesOrNo,
                        Arbitraries.of(512, 777, 8192, 262144),
                        Arbitraries.of(512, 5000, 65536),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(true, false))
                .as(Terms::new);
    }

    @Provide
    Arbitrary<FakeDisk> disks() {
        return Combinators.combine(Arbitraries.of(512, 4096), Arbitraries.of(0, 100))
                .as((blockSize, writeSame) -> new FakeDisk(SIZE, blockSize).limits(0, 0, writeSame));
    }
}
