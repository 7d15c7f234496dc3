package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Adds the older properties of an iLO 4 to a resource: {@code Type}, and {@code links} of {@code href} for each link
 * that Redfish spells {@code @odata.id} (ilo-protocols b.1). What is not derived so, the resources add themselves.
 */
final class RestLegacy {
    private static final String ID = "@odata.id";
    private static final String TYPE = "@odata.type";

    private final RestView view;

    RestLegacy(RestView view) {
        this.view = view;
    }

    void add(ObjectNode resource) {
        ObjectNode links = resource.withObject("/links");
        links.set("self", href(resource.path(ID).asText()));
        String type = resource.path(TYPE).asText();
        if (resource.path("Members") instanceof ArrayNode members) {
            links.set("Member", hrefs(members));
            resource.put("Type", "Collection.0.9.5");
            resource.put("MemberType", type.replaceAll("^#|Collection\\..*", "") + ".1");
            resource.put("Total", members.size());
        } else {
            resource.put("Type", type.substring(1, type.lastIndexOf('.')));
        }
        addLinks(resource, links);
        addLinks(resource.path("Links"), links);
        JsonNode settings = resource.path("@Redfish.Settings").path("SettingsObject");
        if (settings.has(ID)) {
            links.set("Settings", href(settings.path(ID).asText()));
        }
        if (resource.path("Oem").path("Hp") instanceof ObjectNode hp) {
            addLinks(hp.path("Links"), hp.withObject("/links"));
        }
    }

    private void addLinks(JsonNode from, ObjectNode links) {
        from.properties().forEach(field -> {
            if (field.getKey().startsWith("@") || field.getKey().equals("Members")) {
                return;
            }
            if (field.getValue().has(ID) && field.getValue().size() == 1) {
                links.set(field.getKey(), href(field.getValue().path(ID).asText()));
            } else if (field.getValue() instanceof ArrayNode many
                    && !many.isEmpty()
                    && many.path(0).has(ID)) {
                links.set(field.getKey(), hrefs(many));
            }
        });
    }

    private ArrayNode hrefs(ArrayNode links) {
        ArrayNode all = links.arrayNode();
        links.forEach(each -> all.add(href(each.path(ID).asText())));
        return all;
    }

    private ObjectNode href(String path) {
        String older = path.replaceFirst("^/redfish/v1/", "/rest/v1/").replaceFirst("/$", "");
        return object("href", view == RestView.REST ? older : path);
    }
}
