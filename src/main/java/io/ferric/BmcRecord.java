package io.ferric;

import java.util.Optional;

/**
 * What was found in the record of what was done to BMCs.
 *
 * @param entries how many are whole, from the first on
 * @param hash SHA-256 of the last of them, in hexadecimal; empty text when there is none
 * @param fault what is wrong with what follows, in plain words; empty when the record is as it was written
 */
public record BmcRecord(long entries, String hash, Optional<String> fault) {}
