package io.ferric.publish;

/**
 * A session with OpenStack: logs in with credentials, renews the token in time, and opens the services of its project.
 *
 * <p>It belongs to no thread: one session object serves all.
 */
public interface Keystone {
    /** Swift's account of this session's project. */
    ObjectStore objectStore();

    /** Glance as this session's user sees it. */
    ImageCatalog imageCatalog();
}
