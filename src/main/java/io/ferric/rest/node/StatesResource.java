package io.ferric.rest.node;

import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.node.BootMode;
import io.ferric.node.Masking;
import io.ferric.node.PowerAction;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.ApiVersion;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.CallerContext;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.NodeStates;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The states of a node: show them, ask for others. What is asked for begins at once and is seen here. */
@Singleton
@Path("/v1/nodes/{node}/states")
@Produces(MediaType.APPLICATION_JSON)
public final class StatesResource {
    private static final Set<String> PROVISION = Set.of(
            "target",
            "preserve_ephemeral",
            "configdrive",
            "clean_steps",
            "deploy_steps",
            "service_steps",
            "disable_ramdisk",
            "rescue_password");

    /** The microversions since which there are these verbs. Source: Ironic's API history. */
    private static final Map<String, Integer> VERBS = Map.ofEntries(
            Map.entry("manage", 4),
            Map.entry("provide", 4),
            Map.entry("inspect", 6),
            Map.entry("abort", 13),
            Map.entry("clean", 15),
            Map.entry("adopt", 17),
            Map.entry("rescue", 38),
            Map.entry("unrescue", 38),
            Map.entry("unhold", 85),
            Map.entry("service", 87));

    private static final int DEPLOY_STEPS = 69;

    private static final int DISABLE_RAMDISK = 70;

    private static final int REBUILD_CONFIG_DRIVE = 35;

    private static final int BUILT_CONFIG_DRIVE = 56;

    private static final int VENDOR_DATA = 59;

    private static final int SOFT_POWER = 27;

    /** Meanwhile the node is held and a worker busy. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Conductor conductor;

    @Inject
    StatesResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_GET_STATES)
    @GET
    public JsonSerializable show(@PathParam("node") String id, @BeanParam Call call) {
        Fields fields = Fields.all(call.version(), NodeStates.class);
        return new NodeView(conductor, call).of(fields).apply(call.node().orElseGet(() -> conductor.node(id)));
    }

    @Needs(Right.NODE_SET_POWER)
    @PUT
    @Path("power")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response power(
            @PathParam("node") String id,
            ObjectNode body,
            @Context UriInfo request,
            @Context SecurityContext caller,
            @Context ContainerRequestContext call) {
        Body asked = Body.required(body).only(Set.of("target", "timeout"));
        PowerAction action = action(asked.requiredText("target"));
        Optional<Duration> timeout = asked.positive("timeout").map(StatesResource::patience);
        if (action.soft()) {
            need(SOFT_POWER, "'" + action.wireName() + "'", call);
        }
        timeout.ifPresent(unused -> need(SOFT_POWER, "'timeout'", call));
        conductor.power(id, action, timeout, CallerContext.requester(caller));
        return accepted(id, request);
    }

    @Needs(Right.NODE_SET_BOOT_MODE)
    @PUT
    @Since(76)
    @Path("boot_mode")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response bootMode(
            @PathParam("node") String id, ObjectNode body, @Context UriInfo request, @Context SecurityContext caller) {
        String target = Body.required(body).only(Set.of("target")).requiredText("target");
        BootMode mode = BootMode.ofWireName(target)
                .orElseThrow(() -> RequestRefused.invalid(
                        "'target' is '" + target + "', no boot mode.", "There are bios and uefi."));
        conductor.setBootMode(id, mode, CallerContext.requester(caller));
        return accepted(id, request);
    }

    @Needs(Right.NODE_SET_SECURE_BOOT)
    @PUT
    @Since(76)
    @Path("secure_boot")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response secureBoot(@PathParam("node") String id, ObjectNode body, @Context UriInfo request) {
        boolean on = Body.required(body)
                .only(Set.of("target"))
                .bool("target")
                .orElseThrow(() -> RequestRefused.invalid("'target' is missing.", "Send true or false."));
        conductor.setSecureBoot(id, on);
        return accepted(id, request);
    }

    /** Refuses what the version of the request does not have, as Ironic does. */
    private static void need(int minor, String what, ContainerRequestContext call) {
        ApiVersion version = ApiVersion.of(call);
        if (!version.has(minor)) {
            throw new RequestRefused(406, version.lacks(what, minor));
        }
    }

    @Needs(Right.NODE_SET_PROVISION)
    @PUT
    @Path("provision")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response provision(
            @PathParam("node") String id,
            ObjectNode body,
            @Context UriInfo request,
            @Context SecurityContext caller,
            @Context ContainerRequestContext call) {
        Body asked = Body.required(body).only(PROVISION);
        String verb = asked.requiredText("target");
        Optional.ofNullable(VERBS.get(verb)).ifPresent(since -> need(since, "'" + verb + "'", call));
        Map<String, Object> options = new HashMap<>();
        asked.bool("preserve_ephemeral").ifPresent(keep -> options.put("preserve_ephemeral", keep));
        asked.textOrObject("configdrive").ifPresent(drive -> {
            needForm(verb, drive, ApiVersion.of(call));
            options.put("configdrive", unmasked(drive));
        });
        asked.bool("disable_ramdisk").ifPresent(off -> {
            need(DISABLE_RAMDISK, "'disable_ramdisk'", call);
            options.put("disable_ramdisk", off);
        });
        asked.text("rescue_password").ifPresent(password -> options.put("rescue_password", password));
        for (String steps : List.of("clean_steps", "service_steps")) {
            StepsBody.of(body, steps, false).ifPresent(calls -> options.put(steps, calls));
        }
        StepsBody.of(body, "deploy_steps", true).ifPresent(calls -> {
            need(DEPLOY_STEPS, "'deploy_steps'", call);
            options.put("deploy_steps", calls);
        });
        conductor.provision(id, verb, options, CallerContext.requester(caller));
        return accepted(id, request);
    }

    /** Refuses a config drive that the version of the request does not have, with Ironic's 400. */
    private static void needForm(String verb, Object drive, ApiVersion version) {
        Map<String, Integer> needs = new TreeMap<>();
        if (verb.equals("rebuild")) {
            needs.put("'configdrive' with 'rebuild'", REBUILD_CONFIG_DRIVE);
        }
        if (drive instanceof Map<?, ?> parts) {
            needs.put("'configdrive' as an object", BUILT_CONFIG_DRIVE);
            if (parts.containsKey("vendor_data")) {
                needs.put("'configdrive/vendor_data'", VENDOR_DATA);
            }
        }
        needs.forEach((what, since) -> {
            if (!version.has(since)) {
                throw RequestRefused.invalid(version.lacks(what, since), "");
            }
        });
    }

    /** A client that sends what it was shown would deploy stars. */
    private static Object unmasked(Object drive) {
        if (Masking.STARS.equals(drive)) {
            throw RequestRefused.invalid(
                    "'configdrive' is " + Masking.STARS + ", the mask of a secret and not a value.",
                    "Send the config drive itself, or leave the field away to keep the one the node has.");
        }
        return drive;
    }

    private static Duration patience(long seconds) {
        if (seconds > LONGEST.toSeconds()) {
            throw RequestRefused.invalid(
                    "'timeout' is " + seconds + " seconds.", "It may be up to " + LONGEST.toSeconds() + ", a day.");
        }
        return Duration.ofSeconds(seconds);
    }

    private static PowerAction action(String target) {
        return PowerAction.ofWireName(target)
                .orElseThrow(() -> RequestRefused.invalid(
                        "'" + target + "' is nothing that can be asked of a node's power.",
                        "There are "
                                + Arrays.stream(PowerAction.values())
                                        .map(PowerAction::wireName)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static Response accepted(String id, UriInfo request) {
        return Response.accepted()
                .location(Links.of(request).uri("nodes", id, "states"))
                .build();
    }
}
