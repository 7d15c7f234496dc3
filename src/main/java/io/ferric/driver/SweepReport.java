package io.ferric.driver;

import java.util.List;
import java.util.stream.Stream;

/** What a look for things left behind found, and what was done about it. Immutable. */
public record SweepReport(List<Leftover> leftovers) {
    /** Nothing was left behind. */
    public static final SweepReport CLEAN = new SweepReport(List.of());

    public SweepReport {
        leftovers = List.copyOf(leftovers);
    }

    /** Both together. */
    public SweepReport and(SweepReport other) {
        return new SweepReport(
                Stream.concat(leftovers.stream(), other.leftovers.stream()).toList());
    }

    /** The names of those that met this fate. */
    public List<String> names(Fate fate) {
        return leftovers.stream()
                .filter(each -> each.fate() == fate)
                .map(Leftover::name)
                .toList();
    }

    /**
     * One thing.
     *
     * @param why in plain words, with the cure where somebody has to act; no secrets
     */
    public record Leftover(Fate fate, String name, String why) {}

    /** What became of it. */
    public enum Fate {
        /** Nobody needed it and it was ours: it is gone. */
        DELETED,
        /** It is recorded and in use, but not there any more; it is made anew when it is needed next. */
        LOST,
        /** It looks like something of ours, but does not bear our mark: left alone. */
        LEFT_ALONE,
        /** It could not be judged or deleted; the next look tries again. */
        FAILED
    }
}
