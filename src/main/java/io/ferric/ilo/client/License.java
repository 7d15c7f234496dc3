package io.ferric.ilo.client;

import java.util.Locale;

/** A license of the iLO itself, such as {@code iLO 4 Advanced}. */
public record License(String type) {
    /**
     * Whether virtual media by URL works with it: an Advanced or a Scale-Out license. Newer firmware adds words behind
     * ("iLO Advanced Premium Security Edition"), so the end of the name is not looked at.
     */
    public boolean allowsVirtualMedia() {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.contains("advanced") || lower.contains("scale-out");
    }
}
