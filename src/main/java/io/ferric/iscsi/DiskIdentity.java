package io.ferric.iscsi;

import java.util.Optional;

/**
 * What a disk says about itself (SPC-4: standard INQUIRY data, VPD pages 80h and 83h). Text is trimmed and printable.
 *
 * @param vendor who made it, at most 8 characters
 * @param product what it is, at most 16 characters
 * @param revision firmware revision, at most 4 characters
 * @param serial unit serial number, when it has one
 * @param wwn world wide name in hexadecimal digits (NAA or EUI-64), when it has one
 */
public record DiskIdentity(
        String vendor, String product, String revision, Optional<String> serial, Optional<String> wwn) {}
