package io.ferric.deploy;

import java.io.IOException;

/** A partition table that makes no sense; the message says why, to follow "its partition table is unusable: ". */
final class BadTable extends IOException {
    private static final long serialVersionUID = 1;

    BadTable(String why) {
        super(why);
    }
}
