package io.ferric.driver;

import java.net.URI;
import java.util.List;

/** Attaches images to a server's virtual drives, for operators; a deploy has its own way. */
public interface MediaInterface {
    /** A kind of virtual drive, in the words of Ironic's API. */
    enum Device {
        CDROM,
        FLOPPY
    }

    /** Notes everything that is wrong with the node's settings; asks no hardware. */
    void validate(Task task, Findings findings);

    /** Attaches, in place of what was in the drive, and makes sure that it is there. */
    void attach(Task task, Device device, URI image);

    /** Takes out what is in; content when nothing is. */
    void detach(Task task, List<Device> devices);

    /** What is in the drives now. */
    List<Attached> attached(Task task);

    /**
     * A drive.
     *
     * @param image where it came from, with nothing by which it could be fetched; empty when nothing is in
     */
    record Attached(Device device, boolean inserted, String image) {}
}
