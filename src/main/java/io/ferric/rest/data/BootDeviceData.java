package io.ferric.rest.data;

import java.util.Optional;

/** What a server boots from; empty where the hardware does not say. */
public record BootDeviceData(Optional<String> bootDevice, Optional<Boolean> persistent) {}
