package io.ferric.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.random.RandomGenerator;

/**
 * Loopback addresses for the servers of one rack, one of 16256 shelves, 127.64.1.* to 127.127.254.*, taken by chance:
 * on an address of its own each server has the usual ports 3260 and 10000 to itself. Immutable.
 */
public final class Shelf {
    /** How many servers it takes. */
    public static final int SLOTS = 250;

    private final byte row;
    private final byte shelf;

    private Shelf(RandomGenerator random) {
        row = (byte) random.nextInt(64, 128);
        shelf = (byte) random.nextInt(1, 255);
    }

    public static Shelf any(RandomGenerator random) {
        return new Shelf(random);
    }

    /**
     * The address of a slot, counted from 1.
     *
     * @throws IllegalStateException when the shelf is not that long
     */
    public InetAddress address(int slot) {
        if (slot < 1 || slot > SLOTS) {
            throw new IllegalStateException("the rack is full: it takes " + SLOTS + " servers");
        }
        try {
            return InetAddress.getByAddress(new byte[] {127, row, shelf, (byte) slot});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
