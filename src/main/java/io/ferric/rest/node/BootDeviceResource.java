package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.driver.ManagementInterface.BootChoice;
import io.ferric.node.BootDevice;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.BootDeviceData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a server boots from; asks the hardware. */
@Singleton
@Path("/v1/nodes/{node}/management/boot_device")
@Produces(MediaType.APPLICATION_JSON)
public final class BootDeviceResource {
    private final Conductor conductor;

    @Inject
    BootDeviceResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_GET_BOOT_DEVICE)
    @GET
    public BootDeviceData show(@PathParam("node") String id) {
        BootChoice choice = conductor.bootDevice(id);
        return new BootDeviceData(choice.device().map(BootDevice::wireName), choice.persistent());
    }

    @Needs(Right.NODE_GET_BOOT_DEVICE)
    @GET
    @Path("supported")
    public Map<String, List<String>> supported(@PathParam("node") String id) {
        List<String> devices = conductor.supportedBootDevices(id).stream()
                .map(BootDevice::wireName)
                .toList();
        return Map.of("supported_boot_devices", devices);
    }

    @Needs(Right.NODE_SET_BOOT_DEVICE)
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public void set(@PathParam("node") String id, ObjectNode body) {
        Body asked = Body.required(body).only(Set.of("boot_device", "persistent"));
        String name = asked.requiredText("boot_device");
        BootDevice device = BootDevice.ofWireName(name)
                .orElseThrow(() -> RequestRefused.invalid(
                        "'" + name + "' is no boot device.",
                        "GET .../management/boot_device/supported lists those there are."));
        conductor.setBootDevice(id, device, asked.bool("persistent").orElse(false));
    }
}
