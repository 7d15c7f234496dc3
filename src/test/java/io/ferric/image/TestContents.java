package io.ferric.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Contents that behave in special ways. */
final class TestContents {
    private TestContents() {}

    /** Has a size but nobody may open it. */
    record Unreadable(long size) implements Content {
        @Override
        public InputStream open() throws IOException {
            throw new IOException("cannot be read");
        }
    }

    /** Promises another size than it delivers. */
    record Lying(long size, int delivered) implements Content {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[delivered]);
        }
    }
}
