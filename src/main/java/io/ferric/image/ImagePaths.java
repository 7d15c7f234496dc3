package io.ferric.image;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The paths of files inside an image: relative, separated by {@code /}, with neither {@code .} nor {@code ..}. */
final class ImagePaths {
    private ImagePaths() {}

    /** Takes one leading slash away; refuses whatever could not be the path of a file. */
    static String normalize(String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        for (String name : relative.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("path '" + path + "' in the image has an empty, '.' or '..' part");
            }
            if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new IllegalArgumentException(
                        "path in the image has a control character: " + path.replaceAll("\\p{Cntrl}", "?"));
            }
        }
        return relative;
    }

    /** A sorted, unmodifiable copy in which no file is also the folder of another. */
    static SortedMap<String, Content> checked(Map<String, Content> files) {
        SortedMap<String, Content> sorted = new TreeMap<>();
        files.forEach((path, content) -> {
            if (sorted.put(normalize(path), content) != null) {
                throw new IllegalArgumentException("path '" + path + "' is given twice for one image");
            }
        });
        for (String path : sorted.keySet()) {
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                if (sorted.containsKey(path.substring(0, slash))) {
                    throw new IllegalArgumentException(
                            "'" + path.substring(0, slash) + "' is both a file and the folder of '" + path + "'");
                }
            }
        }
        return Collections.unmodifiableSortedMap(sorted);
    }
}
