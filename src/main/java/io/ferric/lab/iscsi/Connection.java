package io.ferric.lab.iscsi;

import io.ferric.lab.iscsi.Negotiation.Agreed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The full feature phase of one connection: commands in, data both ways, status out. Used by one thread. */
final class Connection {
    /** How many commands an initiator may have under way. */
    static final int WINDOW = 64;

    private static final int CHECK_CONDITION = 0x02;

    private final PduChannel channel;
    private final Agreed agreed;
    private final boolean discovery;
    private final Target target;
    private final Map<Integer, Write> writes = new HashMap<>();
    private final ByteBuffer outgoing;
    private boolean powerOnReported;
    private int statSn;
    private int expCmdSn;
    private int nextTransferTag = 1;

    /** What a connection asks of the target it belongs to. */
    interface Target {
        Optional<LogicalUnit> unit(int lun);

        int[] luns();

        String sendTargets();

        /** Called with each piece of written data before it is taken; may fail, block, or return false for an error. */
        boolean mayWrite(int bytes) throws IOException;
    }

    Connection(PduChannel channel, LoginPhase.Outcome login, Target target) {
        this.channel = channel;
        this.agreed = login.agreed();
        this.discovery = login.discovery();
        this.target = target;
        this.statSn = login.statSn();
        this.expCmdSn = login.expCmdSn();
        this.outgoing = ByteBuffer.allocateDirect(Math.min(agreed.initiatorSegment(), 1 << 20));
    }

    /** Serves until the initiator logs out; true then. */
    boolean run() throws IOException {
        while (true) {
            Pdu pdu = channel.read();
            if (pdu.opcode() != Pdu.DATA_OUT && !pdu.immediate()) {
                if (pdu.cmdSn() != expCmdSn) {
                    throw new ProtocolException("CmdSN " + pdu.cmdSn() + ", expected " + expCmdSn);
                }
                expCmdSn++;
            }
            switch (pdu.opcode()) {
                case Pdu.SCSI_COMMAND -> command(pdu);
                case Pdu.DATA_OUT -> dataOut(pdu);
                case Pdu.NOP_OUT -> nopOut(pdu);
                case Pdu.TEXT -> text(pdu);
                case Pdu.TASK_MANAGEMENT -> taskManagement(pdu);
                case Pdu.LOGOUT -> {
                    send(Pdu.answer(Pdu.LOGOUT_RESPONSE, pdu.initiatorTag()));
                    return true;
                }
                default -> reject(pdu);
            }
        }
    }

    private void command(Pdu pdu) throws IOException {
        if (discovery) {
            reject(pdu);
            return;
        }
        ScsiResult result = begin(pdu);
        if (result instanceof ScsiResult.DataIn in) {
            dataIn(pdu, in);
        } else if (result instanceof ScsiResult.DataOut out) {
            beginWrite(pdu, out);
        } else {
            finish(pdu.initiatorTag(), result, pdu.transferTag(), 0);
        }
    }

    private ScsiResult begin(Pdu pdu) throws IOException {
        ByteBuffer cdb = pdu.header().slice(32, 16);
        int operation = cdb.get(0) & 0xFF;
        if (operation == 0xA0) {
            return ScsiResult.DataIn.of(reportLuns(), cdb.getInt(6));
        }
        Optional<LogicalUnit> unit = target.unit(pdu.lun());
        if (unit.isEmpty()) {
            return ScsiResult.failed(Sense.NO_SUCH_UNIT);
        }
        if (!powerOnReported && operation != 0x12 && operation != 0x03) {
            powerOnReported = true;
            return ScsiResult.failed(Sense.POWERED_ON);
        }
        return unit.get().execute(cdb);
    }

    private byte[] reportLuns() {
        int[] luns = target.luns();
        ByteBuffer data = ByteBuffer.allocate(8 + 8 * luns.length);
        data.putInt(0, 8 * luns.length);
        for (int i = 0; i < luns.length; i++) {
            data.putShort(8 + 8 * i, (short) luns[i]);
        }
        return data.array();
    }

    // ---- reading

    private void dataIn(Pdu command, ScsiResult.DataIn in) throws IOException {
        long expected = command.hasFlag(0x40) ? command.transferTag() & 0xFFFFFFFFL : 0;
        long length = Math.min(expected, in.length());
        int dataSn = 0;
        long inBurst = 0;
        for (long offset = 0; offset < length; dataSn++) {
            int piece = (int) Math.min(outgoing.capacity(), Math.min(length - offset, agreed.maxBurst() - inBurst));
            in.source().read(offset, outgoing.clear().limit(piece));
            inBurst += piece;
            boolean last = offset + piece == length;
            boolean burstEnds = last || inBurst == agreed.maxBurst();
            Pdu data = Pdu.answer(Pdu.DATA_IN, command.initiatorTag())
                    .flags(burstEnds ? 0x80 : 0)
                    .set(20, Pdu.NO_TAG)
                    .set(36, dataSn)
                    .set(40, (int) offset)
                    .with(outgoing.flip());
            inBurst = burstEnds ? 0 : inBurst;
            if (last) {
                data.flags(0x81 | residualFlag(in.length(), expected)).set(44, residual(in.length(), expected));
            }
            send(data, last);
            offset += piece;
        }
        if (length == 0) {
            finish(command.initiatorTag(), ScsiResult.GOOD, (int) expected, in.length());
        }
    }

    private static int residualFlag(long actual, long expected) {
        return actual < expected ? 0x02 : actual > expected ? 0x04 : 0;
    }

    private static int residual(long actual, long expected) {
        return (int) Math.abs(actual - expected);
    }

    // ---- writing

    private void beginWrite(Pdu command, ScsiResult.DataOut out) throws IOException {
        long expected = command.hasFlag(0x20) ? command.transferTag() & 0xFFFFFFFFL : 0;
        Write write = new Write(command, out.sink(), Math.min(expected, out.length()), out.length());
        if (command.data().hasRemaining() && !agreed.immediateData()) {
            throw new ProtocolException("immediate data, which were not agreed on");
        }
        if (!command.isFinal() && agreed.initialR2t()) {
            throw new ProtocolException("unsolicited data announced, but InitialR2T=Yes");
        }
        writes.put(write.tag, write);
        take(write, command.data());
        if (write.received > agreed.firstBurst()) {
            throw new ProtocolException("more immediate data than FirstBurstLength");
        }
        if (command.isFinal()) {
            solicitOrFinish(write);
        }
    }

    private void dataOut(Pdu pdu) throws IOException {
        Write write = writes.get(pdu.initiatorTag());
        if (write == null && pdu.transferTag() == Pdu.NO_TAG) {
            return; // unsolicited data of a command that has failed already
        }
        if (write == null) {
            throw new ProtocolException("Data-Out for a task that is not under way");
        }
        if (pdu.transferTag() != write.transferTag
                || pdu.header().getInt(36) != write.dataSn
                || pdu.header().getInt(40) != (int) write.received) {
            throw new ProtocolException("Data-Out out of order");
        }
        write.dataSn++;
        take(write, pdu.data());
        if (write.received > write.allowed(agreed.firstBurst())) {
            throw new ProtocolException("more data than were asked for");
        }
        if (pdu.isFinal()) {
            solicitOrFinish(write);
        }
    }

    private void take(Write write, ByteBuffer data) throws IOException {
        int length = data.remaining();
        if (length == 0) {
            return;
        }
        if (write.received + length > write.expected) {
            throw new ProtocolException("more data than the command announced");
        }
        if (target.mayWrite(length)) {
            write.sink.write(write.received, data);
        } else {
            write.failed = true;
        }
        write.received += length;
    }

    private void solicitOrFinish(Write write) throws IOException {
        if (write.received < write.expected) {
            int length = (int) Math.min(agreed.maxBurst(), write.expected - write.received);
            write.transferTag = nextTransferTag++;
            write.burstEnd = write.received + length;
            write.dataSn = 0;
            Pdu r2t = Pdu.answer(Pdu.R2T, write.tag)
                    .set(20, write.transferTag)
                    .set(36, write.r2tSn++)
                    .set(40, (int) write.received)
                    .set(44, length);
            r2t.header().putLong(8, write.lun);
            send(r2t, false);
            return;
        }
        writes.remove(write.tag);
        ScsiResult result = write.failed ? ScsiResult.failed(Sense.WRITE_ERROR) : write.sink.done();
        finish(write.tag, result, write.announced, write.wanted);
    }

    /** A command whose data are still coming. */
    private static final class Write {
        private final int tag;
        private final long lun;
        private final ScsiResult.Sink sink;
        private final long expected;
        private final long wanted;
        private final int announced;
        private int transferTag = Pdu.NO_TAG;
        private long burstEnd;
        private long received;
        private int dataSn;
        private int r2tSn;
        private boolean failed;

        Write(Pdu command, ScsiResult.Sink sink, long expected, long wanted) {
            this.tag = command.initiatorTag();
            this.lun = command.header().getLong(8);
            this.sink = sink;
            this.expected = expected;
            this.wanted = wanted;
            this.announced = command.transferTag();
        }

        long allowed(int firstBurst) {
            return transferTag == Pdu.NO_TAG ? firstBurst : burstEnd;
        }
    }

    // ---- the rest

    private void finish(int tag, ScsiResult result, int expected, long actual) throws IOException {
        Pdu response = Pdu.answer(Pdu.SCSI_RESPONSE, tag);
        long wanted = expected & 0xFFFFFFFFL;
        if (result instanceof ScsiResult.Failed failure) {
            byte[] sense = failure.sense().bytes();
            ByteBuffer data = ByteBuffer.allocate(2 + sense.length);
            data.putShort((short) sense.length).put(sense).flip();
            response = response.setByte(3, CHECK_CONDITION).with(data);
        } else {
            response.flags(0x80 | residualFlag(actual, wanted)).set(44, residual(actual, wanted));
        }
        send(response);
    }

    private void nopOut(Pdu pdu) throws IOException {
        if (pdu.initiatorTag() != Pdu.NO_TAG) {
            send(Pdu.answer(Pdu.NOP_IN, pdu.initiatorTag()).set(20, Pdu.NO_TAG).with(pdu.data()));
        }
    }

    private void text(Pdu pdu) throws IOException {
        Map<String, String> asked =
                TextKeys.parse(StandardCharsets.UTF_8.decode(pdu.data()).toString());
        ByteBuffer answer = asked.containsKey("SendTargets")
                ? ByteBuffer.wrap(target.sendTargets().getBytes(StandardCharsets.UTF_8))
                : TextKeys.format(notUnderstood(asked));
        send(Pdu.answer(Pdu.TEXT_RESPONSE, pdu.initiatorTag())
                .set(20, Pdu.NO_TAG)
                .with(answer));
    }

    private static Map<String, String> notUnderstood(Map<String, String> asked) {
        Map<String, String> answers = new LinkedHashMap<>(asked);
        answers.replaceAll((key, value) -> "NotUnderstood");
        return answers;
    }

    private void taskManagement(Pdu pdu) throws IOException {
        writes.remove(pdu.header().getInt(20));
        send(Pdu.answer(Pdu.TASK_MANAGEMENT_RESPONSE, pdu.initiatorTag()));
    }

    private void reject(Pdu pdu) throws IOException {
        ByteBuffer bad =
                ByteBuffer.allocate(Pdu.HEADER).put(pdu.header().duplicate().clear());
        send(Pdu.answer(Pdu.REJECT, Pdu.NO_TAG).setByte(2, 0x05).with(bad.flip()));
    }

    private void send(Pdu pdu) throws IOException {
        send(pdu, true);
    }

    /** Numbers and sends; a PDU without status carries the next StatSN only when it is an R2T. */
    private void send(Pdu pdu, boolean status) throws IOException {
        if (status || pdu.opcode() == Pdu.R2T) {
            pdu.set(24, statSn);
        }
        statSn += status ? 1 : 0;
        pdu.set(28, expCmdSn).set(32, expCmdSn + WINDOW - 1);
        channel.write(pdu);
    }
}
