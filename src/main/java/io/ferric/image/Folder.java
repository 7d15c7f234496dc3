package io.ferric.image;

import java.util.SortedMap;
import java.util.TreeMap;

/** A folder of an image that is going to be written: its sub-folders and files by name, sorted. */
record Folder(SortedMap<String, Folder> folders, SortedMap<String, Content> files) {

    /** Builds the tree out of paths that {@link ImagePaths#checked} let pass. */
    static Folder of(SortedMap<String, Content> paths) {
        SortedMap<String, SortedMap<String, Content>> below = new TreeMap<>();
        SortedMap<String, Content> files = new TreeMap<>();
        paths.forEach((path, content) -> {
            int slash = path.indexOf('/');
            if (slash < 0) {
                files.put(path, content);
            } else {
                below.computeIfAbsent(path.substring(0, slash), name -> new TreeMap<>())
                        .put(path.substring(slash + 1), content);
            }
        });
        SortedMap<String, Folder> folders = new TreeMap<>();
        below.forEach((name, inside) -> folders.put(name, of(inside)));
        return new Folder(folders, files);
    }
}
