package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.node.DeployTemplate;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.DeployTemplateData;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Steps of deploys, for the instances that ask for a trait. */
@Singleton
@Since(55)
@Path("/v1/deploy_templates")
@Produces(MediaType.APPLICATION_JSON)
public final class DeployTemplatesResource extends EntriesResource<DeployTemplate> {
    private static final Kind<DeployTemplate> KIND = new Kind<>(
            "deploy template",
            List.of("deploy_templates"),
            DeployTemplate.class,
            DeployTemplateData.class,
            List.of("uuid", "name", "links"),
            Fields.DETAIL_PARAMETER,
            Set.of(),
            Map.of(),
            List.of(),
            RecordRights.TEMPLATE,
            Map.of(),
            Conductor::deployTemplates);

    @Inject
    public DeployTemplatesResource(Offer offer) {
        super(offer, KIND);
    }
}
