package io.ferric.deploy;

/** STUB */
final class DiskDeploy {
    private DiskDeploy() {}
}
