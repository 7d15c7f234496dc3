package io.ferric.ilo.connect;

import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Identity;
import io.ferric.ilo.wire.Words;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /xmldata?item=All} tells anyone, where that is not switched off. Three fields of a flat document are all
 * that matters, so it is searched and not parsed: some firmware writes names into it that are no XML. Source:
 * python-hpilo, xmldata.
 */
final class AnonymousData {
    private static final Pattern PROCESSOR = field("PN");
    private static final Pattern FIRMWARE = field("FWRI");
    private static final Pattern MODEL = field("SPN");

    private AnonymousData() {}

    /** Empty when it is not that of an iLO; an enclosure's Onboard Administrator has such data, too. */
    static Optional<Identity> read(String text) {
        if (!text.contains("<RIMP")) {
            return Optional.empty();
        }
        Generation generation = find(PROCESSOR, text).map(Generation::of).orElse(Generation.UNKNOWN);
        return generation == Generation.UNKNOWN
                ? Optional.empty()
                : Optional.of(new Identity(generation, find(FIRMWARE, text).orElse(""), find(MODEL, text)));
    }

    private static Optional<String> find(Pattern field, String text) {
        Matcher matcher = field.matcher(text);
        return matcher.find()
                ? Optional.of(Words.shown(matcher.group(1))).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    private static Pattern field(String name) {
        return Pattern.compile("<" + name + ">([^<]{0,200})</" + name + ">");
    }
}
