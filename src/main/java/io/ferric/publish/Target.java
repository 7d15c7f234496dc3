package io.ferric.publish;

/** Where an object is put. */
record Target(String container, String name) {}
