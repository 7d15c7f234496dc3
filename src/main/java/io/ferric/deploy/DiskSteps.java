package io.ferric.deploy;

import io.ferric.driver.Task;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Runs the steps of the work on a disk: can be cancelled between them, and every failure names its step. */
record DiskSteps(Task task) {
    /** One step; what is neither its own fault nor our own file's is the server's disk's. */
    interface Step {
        void run() throws IOException;
    }

    void step(String name, Step work) {
        task.checkCancelled();
        try {
            work.run();
        } catch (FileSystemException e) {
            throw Faults.storage("The conductor's part of the step '" + name + "'", e);
        } catch (IOException e) {
            throw Faults.deploy(
                    "The server's disk failed in the step '" + name + "': " + Faults.words(e),
                    "Look at the server, its disk and the network between; then try again.",
                    e);
        }
    }

    Progress progress(String name) {
        return (done, total) -> {
            task.checkCancelled();
            task.progress(name, done, total);
        };
    }

    void event(String step, String message) {
        task.event(step, message);
    }
}
