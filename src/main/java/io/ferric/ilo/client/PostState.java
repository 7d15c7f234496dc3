package io.ferric.ilo.client;

/** How far a server has come in its power-on self-test. While it is in it, much cannot be set. */
public enum PostState {
    OFF,
    RUNNING,
    /** All devices are found; the boot has not begun. */
    DISCOVERED,
    FINISHED;

    /** Whether the server is in it now. */
    public boolean underWay() {
        return this == RUNNING || this == DISCOVERED;
    }
}
