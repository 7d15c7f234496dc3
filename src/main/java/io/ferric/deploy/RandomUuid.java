package io.ferric.deploy;

import java.security.SecureRandom;
import java.util.UUID;

/** Random UUIDs of RFC 9562 section 5.4 from our own source of randomness. */
final class RandomUuid {
    private RandomUuid() {}

    static UUID of(SecureRandom random) {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
