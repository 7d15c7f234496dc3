package io.ferric.image;

import java.util.List;

final class BootCatalogue {
    private BootCatalogue() {}

    static String path(List<ElToritoEntry> entries) {
        String first = entries.get(0).path();
        return first.substring(0, first.lastIndexOf('/') + 1) + "boot.cat";
    }
}
