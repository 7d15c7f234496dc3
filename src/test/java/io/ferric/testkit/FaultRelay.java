package io.ferric.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection by way of a {@link FaultProxy}. */
final class FaultRelay {
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]+ \\S+) HTTP/1\\.1\r\n");

    private final Socket client;
    private final Socket server;
    private final Supplier<FaultPlan> plans;
    private final Consumer<String> requests;
    private final CountDownLatch closed = new CountDownLatch(1);
    private FaultPlan counted = FaultPlan.NONE;
    private boolean begun;
    private final long[] bytes = new long[2];
    private volatile boolean frozen;

    FaultRelay(Socket client, Socket server, Supplier<FaultPlan> plans, Consumer<String> requests) {
        this.client = client;
        this.server = server;
        this.plans = plans;
        this.requests = requests;
    }

    /** Carries bytes until both directions have ended. */
    void run() {
        Thread down = FaultProxy.daemon("fault-proxy-down", () -> pump(Fault.Direction.DOWN, server, client));
        pump(Fault.Direction.UP, client, server);
        try {
            down.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    void close() {
        closed.countDown();
        FaultProxy.quietly(client);
        FaultProxy.quietly(server);
    }

    private void pump(Fault.Direction direction, Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (direction == Fault.Direction.UP) {
                    note(buffer, count);
                }
                if (!carry(direction, buffer, count, out)) {
                    return;
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            if (!frozen) {
                close();
            }
        }
    }

    /** Nobody pipelines requests, so each begins what is read. */
    private void note(byte[] buffer, int count) {
        Matcher head = REQUEST_LINE.matcher(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        if (head.lookingAt()) {
            requests.accept(head.group(1));
        }
    }

    /** Hands on what may go on; false when nothing more ever will. */
    private boolean carry(Fault.Direction direction, byte[] buffer, int count, OutputStream out) throws IOException {
        FaultPlan plan = plans.get();
        int free = free(plan, direction, buffer, count);
        out.write(buffer, 0, free);
        boolean on = free == count || strike(plan.fault());
        if (on && free < count) {
            out.write(buffer, free, count - free);
        }
        if (frozen) {
            await(Duration.ofHours(1));
        }
        return on && !frozen;
    }

    /** How many of these bytes come before the fault; all of them if it does not strike here. */
    private synchronized int free(FaultPlan plan, Fault.Direction direction, byte[] buffer, int count) {
        if (plan != counted) {
            counted = plan;
            begun = plan.fault().on().isEmpty();
            bytes[0] = 0;
            bytes[1] = 0;
        }
        Fault fault = plan.fault();
        begun |= direction == Fault.Direction.UP && headBegins(buffer, count, fault.on());
        if (!begun || plan.spent()) {
            return count;
        }
        long before = bytes[direction.ordinal()];
        bytes[direction.ordinal()] += count;
        boolean here = direction == fault.direction() && before + count > fault.after();
        return here && plan.strike() ? (int) Math.max(0, fault.after() - before) : count;
    }

    private static boolean headBegins(byte[] buffer, int count, String start) {
        int length = Math.min(count, start.length());
        return length == start.length() && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).equals(start);
    }

    /** Does the fault; true if bytes go on afterwards. */
    private boolean strike(Fault fault) throws IOException {
        switch (fault.kind()) {
            case CUT -> {
                client.setSoLinger(true, 0);
                server.setSoLinger(true, 0);
                close();
            }
            case CLOSE -> close();
            case FREEZE -> frozen = true;
            case HALF_OPEN -> {
                frozen = true;
                server.close();
            }
            case DELAY -> {
                await(fault.delay());
                return true;
            }
            case ANSWER -> answer(fault.answer());
        }
        return false;
    }

    /** Reads on after the answer, since a reset would take the answer from a client that is still sending. */
    private void answer(byte[] answer) throws IOException {
        frozen = true;
        server.close();
        client.getOutputStream().write(answer);
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
        close();
    }

    private void await(Duration atMost) {
        try {
            closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
