package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The two virtual drives (ilo-protocols b.6). */
final class RedfishMedia {
    private static final String PATH = "Managers/1/VirtualMedia";
    private static final Map<MediaDevice, List<String>> TYPES =
            Map.of(MediaDevice.FLOPPY, List.of("Floppy", "USBStick"), MediaDevice.CDROM, List.of("CD", "DVD"));
    private static final List<String> INSERT_PARAMETERS = List.of(
            "Image", "Inserted", "WriteProtected", "UserName", "Password", "TransferMethod", "TransferProtocolType");

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final IloState state;

    RedfishMedia(RedfishParts parts) {
        this.parts = parts;
        this.kind = parts.kind();
        this.state = parts.state();
    }

    void addTo(RedfishTree tree) {
        tree.add(PATH, RestResource.of(view -> parts.collection(PATH, "VirtualMedia", List.of("1", "2"))));
        for (MediaDevice device : MediaDevice.values()) {
            RestResource drive = RestResource.of(view -> show(device))
                    .on("PATCH", Privilege.VIRTUAL_MEDIA, call -> change(call, device));
            if (kind.rest()) {
                drive.on("POST", Privilege.VIRTUAL_MEDIA, call -> posted(call, device));
            }
            tree.add(path(device), drive);
            addActions(tree, device);
        }
    }

    private void addActions(RedfishTree tree, MediaDevice device) {
        RestResource insert = RestResource.action(Privilege.VIRTUAL_MEDIA, call -> insert(call, device));
        RestResource eject = RestResource.action(Privilege.VIRTUAL_MEDIA, call -> eject(call, device));
        if (kind.standardMedia()) {
            tree.add(standard(device, "InsertMedia"), insert);
            tree.add(standard(device, "EjectMedia"), eject);
        }
        if (kind.oemMedia()) {
            tree.add(extension(device, "InsertVirtualMedia"), insert);
            tree.add(extension(device, "EjectVirtualMedia"), eject);
        }
    }

    private ObjectNode show(MediaDevice device) {
        Bay bay = state.bay(device);
        boolean held = bay.heldByConsole();
        ObjectNode drive = parts.resource(path(device), "VirtualMedia", id(device), "VirtualMedia");
        drive.put("Description", "Virtual Removable Media");
        drive.set("MediaTypes", RestJson.array(TYPES.get(device)));
        drive.put("Image", bay.imageUrl().orElse(kind.generation() == 4 ? "" : null));
        drive.put("ImageName", bay.imageUrl().map(RedfishMedia::fileName).orElse(""));
        drive.put("Inserted", held || bay.inserted());
        drive.put("ConnectedVia", held ? "Applet" : bay.inserted() && bay.connected() ? "URI" : "NotConnected");
        drive.put("WriteProtected", !bay.inserted() || bay.writeProtected());
        ObjectNode oem = object("@odata.type", kind.type(kind.mediaExtension()));
        if (device == MediaDevice.CDROM) {
            oem.put("BootOnNextServerReset", bay.option() == Bay.Option.BOOT_ONCE);
        }
        if (kind.standardMedia() && !state.struck(IloFault.NO_STANDARD_INSERT)) {
            drive.set(
                    "Actions",
                    actions("#VirtualMedia", standard(device, "InsertMedia"), standard(device, "EjectMedia")));
        }
        if (kind.oemMedia()) {
            oem.set(
                    "Actions",
                    actions(
                            "#" + kind.mediaExtension(),
                            extension(device, "InsertVirtualMedia"),
                            extension(device, "EjectVirtualMedia")));
        }
        drive.set("Oem", kind.oem(oem));
        return drive;
    }

    private static ObjectNode actions(String prefix, String insert, String eject) {
        return object(
                prefix + insert.substring(insert.lastIndexOf('.')), RedfishParts.action(insert),
                prefix + eject.substring(eject.lastIndexOf('.')), RedfishParts.action(eject));
    }

    private static String fileName(String url) {
        String path = url.replaceFirst("\\?.*", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The older way: the action is named in what is posted to the drive. */
    private RestReply posted(RestCall call, MediaDevice device) throws RestFault {
        return switch (call.text("Action").orElse("")) {
            case "InsertVirtualMedia" -> insert(call, device);
            case "EjectVirtualMedia" -> eject(call, device);
            default ->
                throw RestFault.base("ActionNotSupported", call.text("Action").orElse(""));
        };
    }

    private RestReply insert(RestCall call, MediaDevice device) throws RestFault {
        if (!kind.rest()) {
            call.only(kind, INSERT_PARAMETERS);
        }
        put(
                device,
                call.text("Image")
                        .orElseThrow(
                                () -> RestFault.base("ActionParameterMissing", "VirtualMedia.InsertMedia", "Image")));
        return parts.messages().success(call.view());
    }

    private RestReply eject(RestCall call, MediaDevice device) throws RestFault {
        take(device);
        return parts.messages().success(call.view());
    }

    private RestReply change(RestCall call, MediaDevice device) throws RestFault {
        call.only(
                kind,
                kind.generation() == 4
                        ? List.of("Image", "Oem")
                        : List.of("Image", "Inserted", "WriteProtected", "Oem"));
        JsonNode image = call.body().get("Image");
        if (image != null && image.isTextual() && !image.textValue().isEmpty()) {
            put(device, image.textValue());
        } else if (image != null) {
            take(device);
        }
        JsonNode boot = call.body().path("Oem").path(kind.oem()).path("BootOnNextServerReset");
        if (boot.isBoolean()) {
            bootNext(device, boot.booleanValue());
        } else if (image == null) {
            throw kind.unknownProperty("BootOnNextServerReset");
        }
        return parts.messages().success(call.view());
    }

    private void bootNext(MediaDevice device, boolean on) throws RestFault {
        if (device != MediaDevice.CDROM) {
            throw kind.unknownProperty("BootOnNextServerReset");
        }
        if (!state.bay(device).inserted()) {
            throw RestFault.ilo("NoVirtualMediaConnectionAvailable");
        }
        state.bootOption(device, on ? Bay.Option.BOOT_ONCE : Bay.Option.BOOT_ALWAYS);
    }

    private void put(MediaDevice device, String url) throws RestFault {
        if (state.struck(IloFault.NO_LICENSE) || !state.mediaLicensed()) {
            throw RestFault.ilo("LicenseKeyRequired");
        }
        checkFree(device);
        if (state.bay(device).inserted()) {
            throw RestFault.ilo("MaxVirtualMediaConnectionEstablished");
        }
        if (!kind.mediaSchemes().contains(scheme(url))) {
            throw RestFault.base("ActionParameterValueFormatError", scheme(url), "Image", "VirtualMedia.InsertMedia");
        }
        if (state.struck(IloFault.INSERT_FAILS)) {
            throw RestFault.ilo("NoScriptedVirtualMediaConnectionAvailable");
        }
        if (!state.struck(IloFault.INSERT_WITHOUT_INSERTING)) {
            state.insert(device, url);
            state.writeProtect(device, true);
            state.connect(device);
        }
    }

    private void take(MediaDevice device) throws RestFault {
        checkFree(device);
        if (state.struck(IloFault.EJECT_FAILS) || !state.bay(device).inserted()) {
            throw RestFault.ilo("NoVirtualMediaConnectionAvailable");
        }
        state.eject(device);
    }

    private void checkFree(MediaDevice device) throws RestFault {
        if (state.bay(device).heldByConsole() || state.struck(IloFault.MEDIA_HELD_BY_CONSOLE)) {
            throw RestFault.ilo("MaxVirtualMediaConnectionEstablished");
        }
    }

    private static String scheme(String url) {
        try {
            return String.valueOf(URI.create(url).getScheme());
        } catch (IllegalArgumentException e) {
            return "none";
        }
    }

    private static String id(MediaDevice device) {
        return device == MediaDevice.FLOPPY ? "1" : "2";
    }

    private static String path(MediaDevice device) {
        return PATH + "/" + id(device);
    }

    private static String standard(MediaDevice device, String action) {
        return path(device) + "/Actions/VirtualMedia." + action;
    }

    private String extension(MediaDevice device, String action) {
        return path(device) + "/Actions/Oem/" + kind.oem() + "/" + kind.mediaExtension() + "." + action;
    }
}
