package io.ferric.image;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** A moment in FAT's two 16-bit words (Microsoft FAT specification 1.03, "Date and Time Formats"), kept as UTC. */
record FatTime(int date, int time) {
    static final Instant EARLIEST = Instant.parse("1980-01-01T00:00:00Z");

    static FatTime of(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (utc.getYear() < 1980 || utc.getYear() > 2107) {
            throw new IllegalArgumentException("time " + instant + " does not fit FAT, which knows 1980 to 2107");
        }
        int date = (utc.getYear() - 1980) << 9 | utc.getMonthValue() << 5 | utc.getDayOfMonth();
        int time = utc.getHour() << 11 | utc.getMinute() << 5 | utc.getSecond() / 2;
        return new FatTime(date, time);
    }
}
