package io.ferric.image;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** A moment in the two forms of ISO 9660, in UTC (ECMA-119 sections 8.4.26.1 and 9.1.5). */
record IsoTime(LocalDateTime utc) {
    private static final DateTimeFormatter DIGITS = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'00'");

    static IsoTime of(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (utc.getYear() < 1900 || utc.getYear() > 2155) {
            throw new IllegalArgumentException("time " + instant + " does not fit ISO 9660, which knows 1900 to 2155");
        }
        return new IsoTime(utc);
    }

    /** Seven bytes, for directory records and Rock Ridge. */
    byte[] brief() {
        return new byte[] {
            (byte) (utc.getYear() - 1900),
            (byte) utc.getMonthValue(),
            (byte) utc.getDayOfMonth(),
            (byte) utc.getHour(),
            (byte) utc.getMinute(),
            (byte) utc.getSecond(),
            0
        };
    }

    /** Seventeen bytes, for volume descriptors: sixteen digits and the offset from UTC, which is 0. */
    byte[] digits() {
        return Arrays.copyOf(DIGITS.format(utc).getBytes(StandardCharsets.US_ASCII), 17);
    }
}
