package io.ferric.publish;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What Glance's refusals mean and what helps, in words: each names what was done, the image, the status and the cure. */
final class GlanceFaults {
    /** Image statuses that keep it from being read, and the cure. Source: OpenStack Image API v2, "Image statuses". */
    private static final Map<String, String> CURES = Map.of(
            "queued", "it has no content yet: finish its upload",
            "saving", "its upload is under way: wait until it is active",
            "uploading", "its upload is under way: wait until it is active, or import it",
            "importing", "its import is under way: wait until it is active",
            "deactivated", "an administrator took it out of use: reactivate it (openstack image set --activate)",
            "killed", "its upload failed: upload it anew, as another image",
            "deleted", "give another image",
            "pending_delete", "give another image");

    private final Optional<String> project;

    GlanceFaults(Optional<String> project) {
        this.project = project;
    }

    /** What is wrong with an image that is not active. */
    static PublishException notActive(String uuid, String status) {
        return new PublishException(
                PublishException.IMAGE_UNACCEPTABLE,
                "Image " + uuid + " of Glance cannot be used, its status is " + status + ": "
                        + CURES.getOrDefault(status, "wait until it is active, or give another") + ".");
    }

    /** @param doing such as {@code Reading} */
    PublishException of(String doing, String uuid, IOException fault) {
        if (fault instanceof PublishException known) {
            return known;
        }
        String what = doing + " image " + uuid + " of Glance failed: ";
        if (!(fault instanceof UnexpectedStatus answer)) {
            return unwell(what + Faults.reason(fault) + ". Look whether Glance is up and reachable from here.", fault);
        }
        String status = answer.getMessage();
        return switch (answer.status()) {
            case 401 ->
                unwell(
                        what + status + ", it does not believe our token: look at Glance's own settings for"
                                + " Keystone, and the clocks.",
                        fault);
            case 403 ->
                new PublishException(
                        PublishException.IMAGE_NOT_AUTHORIZED,
                        what + status + ", it is there, but its use is forbidden to " + reader()
                                + ": look at its status, Glance's policy and the roles of Ferric's user.",
                        fault);
            case 404, 410 ->
                new PublishException(
                        PublishException.IMAGE_NOT_FOUND,
                        what + status + ", there is none with this uuid, or " + reader() + " does not see it: check the"
                                + " uuid, share the image with that project, or make it community or public.",
                        fault);
            case 204, 409 ->
                new PublishException(
                        PublishException.IMAGE_UNACCEPTABLE,
                        what + status + ", its content is not there: finish its upload.",
                        fault);
            case 416 ->
                new PublishException(
                        PublishException.IMAGE_UNACCEPTABLE,
                        what + status + ", it has fewer bytes than came of it before: it was replaced meanwhile, start"
                                + " again.",
                        fault);
            default -> unwell(what + status + ". Look at Glance's log.", fault);
        };
    }

    private String reader() {
        return project.map(name -> "project " + name).orElse("Ferric's project");
    }

    private static PublishException unwell(String message, IOException fault) {
        return new PublishException(PublishException.GLANCE_CONNECTION_FAILED, message, fault);
    }
}
