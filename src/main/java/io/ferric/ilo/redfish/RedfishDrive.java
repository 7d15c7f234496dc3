package io.ferric.ilo.redfish;

import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A virtual drive as it was read, and the calls on it: the action of the standard if there is one, else HPE's or HP's, else
 * a change of what is in it. Source: HPE RESTful API guides, sushy, proliantutils.
 */
record RedfishDrive(Resource resource) {
    private static final int CALLS = 4;

    /** The drive of this kind, below the iLO or, as newer firmware has it, the server. */
    static RedfishDrive of(RedfishTalk talk, MediaDrive drive) throws IOException {
        return new RedfishDrive(talk.get(talk.paths().of("VirtualMedia " + drive, () -> find(talk, drive))));
    }

    private static String find(RedfishTalk talk, MediaDrive drive) throws IOException {
        for (Resource owner : List.of(talk.manager(), talk.system())) {
            if (owner.json().link("VirtualMedia").isPresent()) {
                for (Resource each : talk.members(talk.target(owner.json(), "VirtualMedia"))) {
                    if (fits(each, drive)) {
                        return each.path();
                    }
                }
            }
        }
        throw Declined.notOffered("its Redfish has no virtual drive " + drive);
    }

    private static boolean fits(Resource resource, MediaDrive drive) {
        List<String> types = resource.json().texts("MediaTypes").stream()
                .map(type -> type.toLowerCase(Locale.ROOT))
                .toList();
        boolean disc = types.contains("cd") || types.contains("dvd");
        return drive == MediaDrive.CDROM ? disc : !disc && (types.contains("floppy") || types.contains("usbstick"));
    }

    MediaStatus status() {
        Json json = resource.json();
        Optional<String> image = json.text("Image");
        String connected = json.text("ConnectedVia").orElse("");
        boolean inserted = json.flag("Inserted").orElse(image.isPresent());
        return new MediaStatus(
                inserted,
                connected.equalsIgnoreCase("Applet"),
                image,
                bootOption(inserted, connected),
                json.flag("WriteProtected").orElse(false));
    }

    private String bootOption(boolean inserted, String connected) {
        if (resource.oem().flag("BootOnNextServerReset").orElse(false)) {
            return "BOOT_ONCE";
        }
        return inserted && !connected.equalsIgnoreCase("NotConnected") ? "BOOT_ALWAYS" : "NO_BOOT";
    }

    void insert(RedfishTalk talk, URI image) throws IOException {
        // Quirk.NO_STANDARD_INSERT: by what is there, not by who it is
        List<String> targets = targets("VirtualMedia.InsertMedia", "InsertVirtualMedia");
        if (targets.isEmpty()) {
            patchImage(talk, new InsertParameters(image));
            return;
        }
        for (int each = 0; ; each++) {
            try {
                insert(talk, targets.get(each), new InsertParameters(image));
                return;
            } catch (RedfishRefusal e) {
                if (!e.trouble().notOffered() || each == targets.size() - 1) {
                    throw e;
                }
            }
        }
    }

    private static void insert(RedfishTalk talk, String target, InsertParameters parameters) throws IOException {
        for (int calls = 1; ; calls++) {
            try {
                talk.post(target, parameters.body());
                return;
            } catch (RedfishRefusal e) {
                if (calls == CALLS || !asksForMore(e) || !parameters.complete(e)) {
                    throw e;
                }
            }
        }
    }

    private void patchImage(RedfishTalk talk, InsertParameters parameters) throws IOException {
        requirePatch();
        try {
            talk.patch(resource, parameters.body());
        } catch (RedfishRefusal e) {
            if (!asksForMore(e) || !parameters.complete(e)) {
                throw e;
            }
            talk.patch(resource, parameters.body());
        }
    }

    private static boolean asksForMore(RedfishRefusal e) {
        return e.trouble() == RedfishTrouble.PARAMETER_MISSING
                || e.info().messages().stream().anyMatch(each -> each.id().equals("GeneralError"));
    }

    /** Always with a body: iLOs refuse ejecting without one. */
    void eject(RedfishTalk talk) throws IOException {
        List<String> targets = targets("VirtualMedia.EjectMedia", "EjectVirtualMedia");
        if (targets.isEmpty()) {
            requirePatch();
            Map<String, Object> nothing = new HashMap<>();
            nothing.put("Image", null);
            talk.patch(resource, nothing);
        } else {
            talk.post(targets.get(0), Map.of());
        }
    }

    /** Has the next boot come from it, if it is a CD drive of an iLO. */
    void bootOnNextReset(RedfishTalk talk, boolean wanted) throws IOException {
        Optional<String> maker = resource.oemName();
        if (maker.isEmpty()) {
            throw Declined.notOffered("its Redfish has no BootOnNextServerReset");
        }
        talk.patch(resource, Map.of("Oem", Map.of(maker.get(), Map.of("BootOnNextServerReset", wanted))));
    }

    private List<String> targets(String standard, String own) throws IOException {
        List<String> targets = new ArrayList<>();
        Actions.standard(resource, standard).ifPresent(targets::add);
        Actions.oem(resource, own).ifPresent(targets::add);
        return targets;
    }

    private void requirePatch() throws Declined {
        if (!resource.canBePatched()) {
            throw Declined.notOffered("its Redfish offers no way to change what is in the drive");
        }
    }
}
