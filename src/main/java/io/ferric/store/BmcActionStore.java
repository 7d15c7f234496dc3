package io.ferric.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What was done to BMCs, in order and for good: each entry has a SHA-256 over itself and the hash before it, so that none
 * can be changed, put in or taken out unnoticed, the last ones included. Safe for use by many threads and conductors.
 */
public interface BmcActionStore {
    /**
     * One thing done to a BMC.
     *
     * @param at kept in milliseconds
     * @param conductor that did it
     * @param work for which it was done, such as {@code deploy}
     * @param action what was done, with no secret and no signature in it
     * @param address of the BMC, with no user and no password in it
     * @param protocol such as {@code REDFISH}
     * @param result {@code done}, or what went wrong
     */
    record Entry(
            Instant at,
            String conductor,
            UUID node,
            String work,
            String action,
            String address,
            String protocol,
            String result) {}

    /**
     * What was found when all was looked at.
     *
     * @param entries how many are whole, from the first on
     * @param hash of the last of them; empty text when there is none
     * @param fault what is wrong with what follows, in plain words
     */
    record Verdict(long entries, String hash, Optional<String> fault) {}

    /** Adds an entry at the end. */
    void append(Entry entry);

    /** Looks at every entry, one after another; none is kept in memory. */
    Verdict verify();
}
