package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/** The security dashboard of iLO 5 and later, as far as inspection asks for it. */
final class RedfishSecurity {
    static final String PATH = "Managers/1/SecurityService";
    private static final String DASHBOARD = PATH + "/SecurityDashboard";
    private static final String PARAMETERS = DASHBOARD + "/SecurityParams";
    private static final String CERTIFICATE = PATH + "/HttpsCert";
    private static final List<String> NAMES = List.of("Security Override Switch", "Last Firmware Scan Result");

    private final RedfishParts parts;

    RedfishSecurity(RedfishParts parts) {
        this.parts = parts;
    }

    void addTo(RedfishTree tree) {
        tree.add(PATH, RestResource.of(view -> service()));
        tree.add(CERTIFICATE, RestResource.of(view -> certificate()));
        tree.add(DASHBOARD, RestResource.of(view -> dashboard()));
        List<String> ids =
                IntStream.range(0, NAMES.size()).mapToObj(Integer::toString).toList();
        tree.add(PARAMETERS, RestResource.of(view -> parts.collection(PARAMETERS, "HpeiLOSecurityParam", ids)));
        ids.forEach(id -> tree.add(PARAMETERS + "/" + id, RestResource.of(view -> parameter(id))));
    }

    private ObjectNode service() {
        ObjectNode service = parts.resource(PATH, "HpeSecurityService", "SecurityService", "SecurityService");
        service.put("SecurityState", "Production");
        service.set("Links", object("SecurityDashboard", parts.to(DASHBOARD), "HttpsCert", parts.to(CERTIFICATE)));
        return service;
    }

    private ObjectNode certificate() {
        ObjectNode certificate = parts.resource(CERTIFICATE, "HpeHttpsCert", "HttpsCert", "HttpsCert");
        certificate.put("CertificateSigningRequest", "");
        certificate.set("Actions", object());
        return certificate;
    }

    private ObjectNode dashboard() {
        ObjectNode dashboard =
                parts.resource(DASHBOARD, "HpeiLOSecurityDashboard", "SecurityDashboard", "Security Dashboard");
        dashboard.put("OverallSecurityStatus", "Ok");
        dashboard.put("ServerConfigurationLockStatus", "Disabled");
        dashboard.set("SecurityParameters", parts.to(PARAMETERS));
        return dashboard;
    }

    private ObjectNode parameter(String id) {
        ObjectNode parameter =
                parts.resource(PARAMETERS + "/" + id, "HpeiLOSecurityParam", id, NAMES.get(Integer.parseInt(id)));
        return parameter.put("SecurityStatus", "Ok").put("State", "Off").put("Ignore", false);
    }
}
