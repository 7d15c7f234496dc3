package io.ferric.rest.node;

import io.ferric.conductor.Conductor;
import io.ferric.driver.BiosInterface.Setting;
import io.ferric.node.FaultCode;
import io.ferric.node.Masking;
import io.ferric.node.NotFound;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Query;
import io.ferric.rest.data.BiosSettingData;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The settings of a server's BIOS, asked of its hardware; none where the driver cannot. */
@Singleton
@Since(40)
@Path("/v1/nodes/{node}/bios")
@Produces(MediaType.APPLICATION_JSON)
public final class BiosResource {
    private static final int CHOICE_OF_FIELDS = 74;
    private static final List<String> SUMMARY = List.of("name", "value", "created_at", "updated_at", "links");

    private final Conductor conductor;

    @Inject
    BiosResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_BIOS_GET)
    @GET
    public Map<String, Object> list(@PathParam("node") String id, @BeanParam Call call) {
        Query query = call.query(Set.of("fields", "detail"));
        query.text("fields")
                .or(() -> query.text("detail"))
                .ifPresent(asked -> call.need(CHOICE_OF_FIELDS, "'fields' and 'detail' of BIOS settings"));
        Fields fields = Fields.ofList(query, call.version(), BiosSettingData.class, SUMMARY);
        UUID node = conductor.node(id).uuid();
        return Map.of(
                "bios",
                conductor.biosSettings(id).stream()
                        .map(each -> fields.of(view(node, each, call.links())))
                        .toList());
    }

    @Needs(Right.NODE_BIOS_GET)
    @GET
    @Path("{setting}")
    public Map<String, Object> show(
            @PathParam("node") String id, @PathParam("setting") String name, @BeanParam Call call) {
        UUID node = conductor.node(id).uuid();
        Fields fields = Fields.all(call.version(), BiosSettingData.class);
        return conductor.biosSettings(id).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .map(each -> Map.<String, Object>of(name, fields.of(view(node, each, call.links()))))
                .orElseThrow(() -> new NotFound(
                        FaultCode.BIOS_SETTING_NOT_FOUND,
                        "Node " + node + " doesn't have a BIOS setting '" + name + "'",
                        "GET .../bios lists those it has."));
    }

    private static BiosSettingData view(UUID node, Setting setting, Links links) {
        boolean secret = Masking.isSecret(setting.name());
        return new BiosSettingData(
                setting.name(),
                setting.value().map(value -> secret ? Masking.STARS : Masking.text(value)),
                Optional.empty(),
                Optional.empty(),
                setting.type(),
                Optional.of(setting.allowed()).filter(values -> !values.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                setting.readOnly(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                links.pair("nodes", node.toString(), "bios", setting.name()));
    }
}
