package io.ferric.publish.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a Range header (RFC 9110 section 14.1.2). */
final class ByteRanges {
    /** More ranges than this are taken for an attack and the whole file is sent instead (RFC 9110 section 17.15). */
    static final int LIMIT = 64;

    private static final Pattern UNIT = Pattern.compile("(?i)bytes[ \t]*=(.*)");
    private static final Pattern SPEC = Pattern.compile("(\\d{0,18})-(\\d{0,18})");

    private ByteRanges() {}

    /** A stretch of a file, first octet and number of octets, at least one. */
    record ByteRange(long position, long length) {
        String contentRange(long size) {
            return "bytes " + position + "-" + (position + length - 1) + "/" + size;
        }
    }

    /**
     * The ranges of a header that lie in a file of some size, in the order asked for.
     *
     * @return empty when the header must be ignored: malformed, another unit, too many or more than the file altogether; an
     *     empty list when no range lies in the file, which calls for a 416
     */
    static Optional<List<ByteRange>> parse(String header, long size) {
        Matcher unit = UNIT.matcher(header.strip());
        if (!unit.matches()) {
            return Optional.empty();
        }
        String[] specs = unit.group(1).split(",", LIMIT + 2);
        if (specs.length > LIMIT) {
            return Optional.empty();
        }
        List<ByteRange> ranges = new ArrayList<>();
        for (String spec : specs) {
            Matcher matcher = SPEC.matcher(spec.strip());
            if (!matcher.matches() || !plausible(matcher)) {
                return Optional.empty();
            }
            range(matcher, size).ifPresent(ranges::add);
        }
        return total(ranges) > size ? Optional.empty() : Optional.of(ranges);
    }

    private static boolean plausible(Matcher spec) {
        boolean first = !spec.group(1).isEmpty();
        boolean last = !spec.group(2).isEmpty();
        return first && last ? number(spec.group(1)) <= number(spec.group(2)) : first || last;
    }

    private static Optional<ByteRange> range(Matcher spec, long size) {
        long start;
        long end;
        if (spec.group(1).isEmpty()) {
            start = Math.max(0, size - number(spec.group(2)));
            end = size;
        } else {
            start = number(spec.group(1));
            end = spec.group(2).isEmpty() ? size : Math.min(size, number(spec.group(2)) + 1);
        }
        return start < end ? Optional.of(new ByteRange(start, end - start)) : Optional.empty();
    }

    private static long total(List<ByteRange> ranges) {
        return ranges.stream().mapToLong(ByteRange::length).sum();
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }
}
