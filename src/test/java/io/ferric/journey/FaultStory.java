package io.ferric.journey;

import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.IloProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of a deploy through an iLO that misbehaves: a paragraph of {@code ilo-faults.txt}, which explains the form.
 *
 * @param times how often the fault strikes; empty for always
 * @param lastError what the operator reads; empty when the deploy succeeds all the same
 */
record FaultStory(IloFault fault, OptionalInt times, Stage stage, Ilo ilo, String lastError) {
    private static final Pattern HEADING = Pattern.compile("([A-Z0-9_]+) (always|\\d+ times?)(, late)?, (\\S+): .*");

    /** When the fault begins to strike. */
    enum Stage {
        /** Before the deploy begins. */
        EARLY,
        /** While the image is written: the boot ISO, the boot device and the reboot are to come. */
        LATE
    }

    /** Which iLO misbehaves, and how it is spoken to. */
    enum Ilo {
        RIBCL(IloProfile.ILO4_GEN9, "ribcl"),
        ILO4_REDFISH(IloProfile.ILO4_GEN9, "redfish"),
        ILO5(IloProfile.ILO5, "redfish"),
        ILO5_AUTO(IloProfile.ILO5, "auto"),
        ILO6(IloProfile.ILO6, "auto");

        private final IloProfile profile;
        private final String protocol;

        Ilo(IloProfile profile, String protocol) {
            this.profile = profile;
            this.protocol = protocol;
        }

        IloProfile profile() {
            return profile;
        }

        String protocol() {
            return protocol;
        }
    }

    boolean goesOn() {
        return lastError.isEmpty();
    }

    String name() {
        String often = times.isPresent() ? "x" + times.getAsInt() : "always";
        return (fault + "-" + often + "-" + ilo + "-" + stage).replace('_', '-');
    }

    static List<FaultStory> all() throws IOException {
        try (InputStream file = FaultStory.class.getResourceAsStream("ilo-faults.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\\R(?:\\s*\\R)+"))
                    .map(String::strip)
                    .filter(paragraph -> !paragraph.startsWith("#"))
                    .map(FaultStory::read)
                    .toList();
        }
    }

    private static FaultStory read(String paragraph) {
        String[] lines = paragraph.split("\\R");
        Matcher heading = HEADING.matcher(lines[0]);
        if (!heading.matches()) {
            throw new IllegalArgumentException("not the heading of a story: " + lines[0]);
        }
        String times = heading.group(2);
        return new FaultStory(
                IloFault.valueOf(heading.group(1)),
                times.equals("always")
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(times.substring(0, times.indexOf(' ')))),
                heading.group(3) == null ? Stage.EARLY : Stage.LATE,
                Ilo.valueOf(heading.group(4).toUpperCase(Locale.ROOT).replace('-', '_')),
                String.join(" ", Arrays.stream(lines).skip(1).map(String::strip).toList()));
    }

    @Override
    public String toString() {
        return name();
    }
}
