package io.ferric.deploy;

import java.nio.file.Path;

/** Something that can give disk space back. */
interface Reclaimable {
    Path folder();

    /** Who is asked first: higher ones before lower ones. */
    int priority();

    /**
     * Deletes what it can spare.
     *
     * @param bytes how much is wanted
     * @return how much was given back, more or less than that
     */
    long reclaim(long bytes);
}
