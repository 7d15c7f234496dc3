package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.driver.ManagementInterface.IndicatorState;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.IndicatorData;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The lights of a server; one is named with what it is on, such as {@code led@chassis}. Source: Ironic's indicators. */
@Singleton
@Since(63)
@Path("/v1/nodes/{node}/management/indicators")
@Produces(MediaType.APPLICATION_JSON)
public final class IndicatorsResource {
    private final Conductor conductor;

    @Inject
    IndicatorsResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_GET_INDICATOR)
    @GET
    public Map<String, List<IndicatorData>> list(@PathParam("node") String id, @Context UriInfo request) {
        UUID node = conductor.node(id).uuid();
        Links links = Links.of(request);
        return Map.of(
                "indicators",
                conductor.indicators(id).stream()
                        .map(light -> NodeViews.indicator(node, light, links))
                        .toList());
    }

    @Needs(Right.NODE_GET_INDICATOR)
    @GET
    @Path("{indicator}")
    public Map<String, String> show(@PathParam("node") String id, @PathParam("indicator") String indicator) {
        Name name = Name.of(indicator);
        return Map.of("state", NodeViews.wireName(conductor.indicator(id, name.component(), name.light())));
    }

    @Needs(Right.NODE_SET_INDICATOR)
    @PUT
    @Path("{indicator}")
    @Consumes(MediaType.APPLICATION_JSON)
    public void set(@PathParam("node") String id, @PathParam("indicator") String indicator, ObjectNode body) {
        Name name = Name.of(indicator);
        String state = Body.required(body).only(Set.of("state")).requiredText("state");
        conductor.setIndicator(id, name.component(), name.light(), state(state));
    }

    private static IndicatorState state(String text) {
        return Arrays.stream(IndicatorState.values())
                .filter(each -> each.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> RequestRefused.invalid(
                        "'state' is '" + text + "', which no indicator can be in.", "There are on, off and blinking."));
    }

    private record Name(String light, String component) {
        static Name of(String text) {
            int at = text.indexOf('@');
            if (at < 1 || at == text.length() - 1) {
                throw RequestRefused.invalid(
                        "'" + text + "' is no name of an indicator.",
                        "A name is that of the light and of what it is on, such as led@chassis.");
            }
            return new Name(text.substring(0, at), text.substring(at + 1));
        }
    }
}
