package io.ferric.deploy;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the ramdisk reaches our REST API. Empty until it is known, which may be only after REST has started. */
@FunctionalInterface
public interface ApiUrl extends Supplier<Optional<URI>> {}
