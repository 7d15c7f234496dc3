package io.ferric.rest.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.node.FaultCode;
import io.ferric.node.NotFound;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a node offers or is, for those who choose among nodes. Source: Ironic's traits and the names of os-traits. */
@Singleton
@Since(37)
@Path("/v1/nodes/{node}/traits")
@Produces(MediaType.APPLICATION_JSON)
public final class TraitsResource {
    /** The standard names all begin with one of these words; which of them there are changes with every release. */
    private static final Pattern TRAIT = Pattern.compile("(CUSTOM|COMPUTE|HW|MISC|OWNER|STORAGE)_[A-Z0-9_]+");

    private static final int LONGEST = 255;
    private static final int MOST = 50;

    private final Conductor conductor;

    @Inject
    TraitsResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_TRAITS_LIST)
    @GET
    public Map<String, Set<String>> list(@PathParam("node") String id) {
        return Map.of("traits", conductor.node(id).details().traits());
    }

    @Needs(Right.NODE_TRAITS_SET)
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public void replace(@PathParam("node") String id, ObjectNode body) {
        Set<String> traits =
                traits(Body.required(body).only(Set.of("traits")).object().get("traits"));
        conductor.updateTraits(id, before -> traits);
    }

    @Needs(Right.NODE_TRAITS_SET)
    @PUT
    @Path("{trait}")
    public Response add(
            @PathParam("node") String id, @PathParam("trait") String trait, String body, @BeanParam Call call) {
        if (body != null && !body.isBlank()) {
            throw RequestRefused.invalid(
                    "A trait is added by its name in the path, without a body.",
                    "PUT /v1/nodes/<node>/traits with a list replaces all of them.");
        }
        require(trait);
        conductor.updateTraits(id, before -> {
            Set<String> more = new TreeSet<>(before);
            more.add(trait);
            return few(more);
        });
        return Response.noContent()
                .location(call.links().uri("nodes", id, "traits", trait))
                .build();
    }

    @Needs(Right.NODE_TRAITS_DELETE)
    @DELETE
    public void clear(@PathParam("node") String id) {
        conductor.updateTraits(id, before -> Set.of());
    }

    @Needs(Right.NODE_TRAITS_DELETE)
    @DELETE
    @Path("{trait}")
    public void remove(@PathParam("node") String id, @PathParam("trait") String trait) {
        conductor.updateTraits(id, before -> {
            Set<String> fewer = new TreeSet<>(before);
            if (!fewer.remove(trait)) {
                throw new NotFound(
                        FaultCode.NODE_TRAIT_NOT_FOUND, "Node " + id + " doesn't have a trait '" + trait + "'", "");
            }
            return fewer;
        });
    }

    private static Set<String> traits(JsonNode list) {
        if (!(list instanceof ArrayNode)) {
            throw RequestRefused.invalid("'traits' must be a list of texts.", "An empty one takes all traits away.");
        }
        Set<String> traits = new TreeSet<>();
        list.forEach(each -> {
            if (!each.isTextual()) {
                throw RequestRefused.invalid("'traits' holds something that is no text.", "");
            }
            traits.add(require(each.textValue()));
        });
        return few(traits);
    }

    private static String require(String trait) {
        if (trait.length() > LONGEST || !TRAIT.matcher(trait).matches()) {
            throw RequestRefused.invalid(
                    "'" + (trait.length() > LONGEST ? trait.substring(0, LONGEST) + "..." : trait)
                            + "' is no name of a trait.",
                    "Use a standard name such as HW_CPU_X86_VMX, or CUSTOM_ with A-Z, 0-9 and _ after it; up to "
                            + LONGEST + " characters.");
        }
        return trait;
    }

    private static Set<String> few(Set<String> traits) {
        if (traits.size() > MOST) {
            throw RequestRefused.invalid("'traits' are " + traits.size() + ".", "A node can have up to " + MOST + ".");
        }
        return traits;
    }
}
