package io.ferric.lab.media;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line of a GRUB script. Single quotes take all meaning from what is between them; whatever would mean
 * more than text outside of them is refused, for it needs a GRUB to know what comes of it (GRUB manual, "Writing full
 * configuration files directly").
 */
final class GrubWords {
    private static final String MEANINGFUL = "\"\\$`;&|<>(){}[]*?#!~";

    private GrubWords() {}

    static List<String> of(String line) throws MediaException {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean started = false;
        for (char c : (line.strip() + " ").toCharArray()) {
            if (c == '\'') {
                quoted = !quoted;
                started = true;
            } else if (quoted || !Character.isWhitespace(c)) {
                if (!quoted && MEANINGFUL.indexOf(c) >= 0) {
                    throw new MediaException("grub.cfg has an unquoted " + c + " in: " + line.strip());
                }
                word.append(c);
                started = true;
            } else if (started) {
                words.add(word.toString());
                word.setLength(0);
                started = false;
            }
        }
        if (quoted) {
            throw new MediaException("grub.cfg has a quote without end in: " + line.strip());
        }
        return words;
    }
}
