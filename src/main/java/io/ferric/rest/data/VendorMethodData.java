package io.ferric.rest.data;

import java.util.List;

/**
 * A method of the driver's own.
 *
 * @param async whether the caller is sent away once the call is accepted
 * @param attach always false: answers are JSON, never a file
 * @param requireExclusiveLock always true: one call a node at a time
 */
public record VendorMethodData(
        boolean async, boolean attach, String description, List<String> httpMethods, boolean requireExclusiveLock) {}
