package io.ferric.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a {@link FaultProxy} does wrong, and when: once {@code after} bytes went in one direction, counted from the
 * request whose head begins with {@code on} (any request, if empty), or else from when the fault was asked for.
 *
 * <p>{@code after(0)} going up strikes before the server hears of the request; going down, once the server has answered
 * and before the client hears of it.
 */
public record Fault(Kind kind, Direction direction, long after, String on, Duration delay, byte[] answer) {
    /** Which way the bytes that count are going. */
    public enum Direction {
        /** From the client to the server. */
        UP,
        /** From the server to the client. */
        DOWN
    }

    /** What happens. */
    public enum Kind {
        /** Both sides see the connection reset. */
        CUT,
        /** Both sides see it closed in an orderly way, too early. */
        CLOSE,
        /** Not a byte goes on in either direction; both connections stay open. */
        FREEZE,
        /** The server sees the connection closed, the client sees silence. */
        HALF_OPEN,
        /** Bytes go on after a while. */
        DELAY,
        /** The proxy answers in place of the server and reads what the client still sends. */
        ANSWER
    }

    public static Fault cutUp(long bytes) {
        return of(Kind.CUT, Direction.UP, bytes);
    }

    public static Fault cutDown(long bytes) {
        return of(Kind.CUT, Direction.DOWN, bytes);
    }

    public static Fault closeDown(long bytes) {
        return of(Kind.CLOSE, Direction.DOWN, bytes);
    }

    public static Fault freezeUp(long bytes) {
        return of(Kind.FREEZE, Direction.UP, bytes);
    }

    public static Fault freezeDown(long bytes) {
        return of(Kind.FREEZE, Direction.DOWN, bytes);
    }

    public static Fault halfOpen(long bytes) {
        return of(Kind.HALF_OPEN, Direction.UP, bytes);
    }

    /** Holds back the answer. */
    public static Fault delay(Duration delay) {
        return new Fault(Kind.DELAY, Direction.DOWN, 0, "", delay, new byte[0]);
    }

    /** Answers with this HTTP status and a line of text, before the server hears of the request. */
    public static Fault answer(int status) {
        String body = "status " + status + " from the fault proxy\n";
        String text = "HTTP/1.1 " + status + " Fault\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
        return of(Kind.ANSWER, Direction.UP, 0).answering(text);
    }

    /** The same, counted from the next request whose head begins so, such as {@code "PUT /v1/"}. */
    public Fault on(String headStart) {
        return new Fault(kind, direction, after, headStart, delay, answer);
    }

    /** The same, after so many bytes. */
    public Fault after(long bytes) {
        return new Fault(kind, direction, bytes, on, delay, answer);
    }

    /** The same with this text in place of the server's answer. */
    public Fault answering(String text) {
        return new Fault(kind, direction, after, on, delay, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Fault of(Kind kind, Direction direction, long bytes) {
        return new Fault(kind, direction, bytes, "", Duration.ZERO, new byte[0]);
    }
}
