package io.ferric.ilo;

import io.ferric.node.Secret;
import java.util.Optional;
import java.util.function.Supplier;

/** The token that the deploy ramdisk shows when it calls back; empty when the API asks for none. */
@FunctionalInterface
public interface TokenSource extends Supplier<Optional<Secret>> {}
