package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.driver.MediaInterface.Device;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.CallerContext;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Query;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.AttachedMediaData;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Virtual media for operators. Nothing is fetched here: the BMC fetches the image from where it is told. */
@Singleton
@Since(89)
@Path("/v1/nodes/{node}/vmedia")
@Produces(MediaType.APPLICATION_JSON)
public final class MediaResource {
    /** More than any signed URL needs; what a BMC takes is its driver's to say. */
    private static final int LONGEST_URL = 2048;

    private final Conductor conductor;

    @Inject
    MediaResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_VMEDIA_GET)
    @GET
    @Since(93)
    public List<AttachedMediaData> show(@PathParam("node") String id) {
        return conductor.attachedMedia(id).stream().map(NodeViews::attached).toList();
    }

    @Needs(Right.NODE_VMEDIA_ATTACH)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public void attach(@PathParam("node") String id, ObjectNode body, @Context SecurityContext caller) {
        Body asked = Body.required(body).only(Set.of("device_type", "image_url", "image_download_source"));
        Device device = device("device_type", asked.requiredText("device_type"));
        asked.text("image_download_source")
                .filter(source -> !source.equals("http"))
                .ifPresent(source -> {
                    throw RequestRefused.invalid(
                            "'image_download_source' is '" + source
                                    + "', but this conductor does not fetch images for the BMC.",
                            "Leave it away or send http, and give an image_url that the BMC can reach.");
                });
        conductor.attachMedia(id, device, url(asked.requiredText("image_url")), CallerContext.requester(caller));
    }

    @Needs(Right.NODE_VMEDIA_DETACH)
    @DELETE
    public void detach(@PathParam("node") String id, @Context UriInfo request, @Context SecurityContext caller) {
        List<Device> devices = Query.of(request, Set.of("device_types")).list("device_types").stream()
                .map(name -> device("device_types", name))
                .toList();
        conductor.detachMedia(
                id, devices.isEmpty() ? List.of(Device.values()) : devices, CallerContext.requester(caller));
    }

    private static Device device(String field, String name) {
        return Arrays.stream(Device.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> RequestRefused.invalid(
                        "'" + field + "' names '" + name + "', which is no virtual drive.",
                        "There are cdrom and floppy."));
    }

    /** The URL itself is never repeated: it may open what it names. */
    private static URI url(String text) {
        if (text.length() > LONGEST_URL) {
            throw RequestRefused.invalid(
                    "'image_url' is " + text.length() + " characters long.", "At most " + LONGEST_URL + " are taken.");
        }
        URI url = parsed(text);
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || url.getHost() == null || url.getRawFragment() != null) {
            throw RequestRefused.invalid(
                    "'image_url' is no address the BMC could fetch from.",
                    "It must begin with http:// or https:// and a host, and have no part after #.");
        }
        return url;
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // its message repeats the text
            throw RequestRefused.invalid("'image_url' is no URL.", "Encode what is special in it as %xx.");
        }
    }
}
