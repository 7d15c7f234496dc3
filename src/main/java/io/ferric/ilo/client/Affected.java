package io.ferric.ilo.client;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which iLOs a quirk is found on. What is not known of one does not fit, so that a cure that could harm is left away.
 *
 * @param before only firmware older than this
 * @param model only servers of this kind
 */
record Affected(Set<Generation> generations, Optional<FirmwareVersion> before, Optional<Model> model) {
    /** @param words how it is said in the documentation */
    record Model(String words, Pattern name) {}

    /** Every iLO, also one of which nothing is known. */
    static Affected all() {
        return new Affected(EnumSet.allOf(Generation.class), Optional.empty(), Optional.empty());
    }

    static Affected only(Generation first, Generation... more) {
        return new Affected(EnumSet.of(first, more), Optional.empty(), Optional.empty());
    }

    static Affected from(Generation oldest) {
        return new Affected(EnumSet.range(oldest, Generation.ILO7), Optional.empty(), Optional.empty());
    }

    static Affected upTo(Generation newest) {
        return new Affected(EnumSet.range(Generation.ILO2, newest), Optional.empty(), Optional.empty());
    }

    Affected before(String version) {
        return new Affected(generations, FirmwareVersion.in(version), model);
    }

    Affected on(String words, String name) {
        return new Affected(generations, before, Optional.of(new Model(words, Pattern.compile(name))));
    }

    boolean includes(Identity who) {
        return generations.contains(who.generation())
                && before.map(limit -> who.version()
                                .filter(ours -> ours.olderThan(limit))
                                .isPresent())
                        .orElse(true)
                && model.map(kind -> who.model()
                                .filter(name -> kind.name().matcher(name).find())
                                .isPresent())
                        .orElse(true);
    }

    /** For people, such as {@code iLO 4 before 2.54}. */
    @Override
    public String toString() {
        String which = generations.contains(Generation.UNKNOWN)
                ? "any"
                : generations.stream().sorted().map(Generation::toString).collect(Collectors.joining(", "));
        return which
                + before.map(limit -> " before " + limit).orElse("")
                + model.map(kind -> ": " + kind.words()).orElse("");
    }
}
