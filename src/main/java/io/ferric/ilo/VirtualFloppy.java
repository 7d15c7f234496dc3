package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.image.Content;
import io.ferric.image.Images;
import io.ferric.image.VfatImage;
import io.ferric.node.Node;
import io.ferric.node.Secret;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import io.ferric.publish.SignedUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The floppy on which the deploy ramdisk finds its orders: {@code parameters.txt}, and the token to call back with. It
 * holds secrets, so it exists only as long as needed. Safe for use by many threads.
 */
final class VirtualFloppy {
    /** By this label the ramdisk finds it. */
    private static final String LABEL = "ir-vfd-dev";

    private final IloConfig config;
    private final Publisher publisher;
    private final TokenSource tokens;

    VirtualFloppy(IloConfig config, Publisher publisher, TokenSource tokens) {
        this.config = config;
        this.publisher = publisher;
        this.tokens = tokens;
    }

    /** Some iLOs insist on this ending. */
    static String name(Node node) {
        return "image-" + node.uuid() + ".img";
    }

    /** Makes the floppy of a node and publishes it, in place of an older one. */
    SignedUrl publish(Task task, Map<String, String> parameters) {
        Node node = task.node();
        Optional<Secret> token = tokens.token(task);
        try (Scratch scratch = Scratch.in(config.workDirectory())) {
            Path file = scratch.file(name(node));
            make(parameters, token, file);
            return publisher.publish(name(node), file, config.deployHelperImagesTtl());
        } catch (PublishException e) {
            throw Trouble.publishing("The virtual floppy", e);
        } catch (IOException e) {
            throw Trouble.making("The virtual floppy", e);
        }
    }

    /** Notes why the ramdisk will have no token. */
    void validate(Task task, Findings findings) {
        tokens.validate(task, findings);
    }

    /** Fails when there is no token for the ramdisk, which is found out before the server is touched. */
    void requireToken(Task task) {
        tokens.token(task);
    }

    void remove(Node node) throws PublishException {
        publisher.remove(name(node));
    }

    private static void make(Map<String, String> parameters, Optional<Secret> token, Path file) throws IOException {
        try {
            VfatImage.Builder floppy = VfatImage.labelled(LABEL).parameters(parameters);
            token.ifPresent(secret -> floppy.file("token", Content.of(secret.reveal())));
            Images.createVfatImage(floppy.build(), file);
        } catch (IllegalArgumentException e) {
            throw Trouble.making("The virtual floppy", e);
        }
    }
}
