package io.ferric.ilo.redfish;

import static io.ferric.ilo.redfish.Fixtures.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ferric.ilo.client.BiosSetting;
import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.redfish.ScriptedRedfish.Reply;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** BIOS settings in the forms that firmware writes them. */
@Timeout(60)
class RedfishBiosSettingsTest {
    private static final String BIOS = SYSTEM + "Bios/";
    private static final String SETTINGS = BIOS + "Settings/";
    private static final String STORE = "/redfish/v1/RegistryStore/registries/en/reg/";

    private ScriptedRedfish bmc;

    @BeforeEach
    void start() throws Exception {
        bmc = new ScriptedRedfish();
    }

    @AfterEach
    void stop() throws IOException {
        bmc.close();
    }

    private IloClient ilo5(String bios) throws Exception {
        return Fixtures.ilo5(bmc)
                .has(
                        BIOS,
                        "{'AttributeRegistry':'Reg.v1','Attributes':{'Sriov':'Enabled','Cores':8,'Quiet':true,'Password':null},"
                                + "'@Redfish.Settings':{'SettingsObject':{'@odata.id':'" + SETTINGS + "'}}" + bios
                                + "}")
                .has(SETTINGS, "{'Attributes':{'Sriov':'Disabled','Cores':8,'Quiet':true,'Late':'x'}}")
                .client(Generation.ILO5, "2.70", "ProLiant DL380 Gen10");
    }

    private void hasRegistry(String uri) {
        bmc.has(
                        "/redfish/v1/",
                        bmc.resource("/redfish/v1/")
                                .replaceFirst("\\{", "{'Registries':{'@odata.id':'/redfish/v1/Registries/'},"))
                .has(
                        "/redfish/v1/Registries/",
                        Fixtures.collection("/redfish/v1/Registries/Base.1.4/", "/redfish/v1/Registries/reg.V1/"))
                .has(
                        "/redfish/v1/Registries/reg.V1/",
                        "{'Location':[{'Language':'ja','Uri':'/redfish/v1/other/'},{'Language':'en','Uri':" + uri
                                + "}]}")
                .has(
                        STORE,
                        "{'RegistryEntries':{'Attributes':[{'AttributeName':'Sriov','Type':'Enumeration','ReadOnly':true,"
                                + "'Value':[{'ValueName':'Enabled'},{'ValueName':'Disabled'}]},{'Name':'Cores','Type':'Integer'}]}}");
    }

    @Test
    void tells_value_type_and_what_is_pending() throws Exception {
        IloClient ilo = ilo5("");
        hasRegistry("'" + STORE + "'");
        assertThat(ilo.biosSettings())
                .containsExactly(
                        new BiosSetting(
                                "Sriov",
                                Optional.of("Enabled"),
                                Optional.of("Disabled"),
                                Optional.of("Enumeration"),
                                List.of("Enabled", "Disabled"),
                                Optional.of(true)),
                        setting("Cores", "8", "8", Optional.of("Integer")),
                        setting("Quiet", "true", "true", Optional.empty()),
                        new BiosSetting(
                                "Late",
                                Optional.empty(),
                                Optional.of("x"),
                                Optional.empty(),
                                List.of(),
                                Optional.empty()));
    }

    @Test
    void a_registry_as_an_ilo4_links_it_is_found_too() throws Exception {
        IloClient ilo = ilo5("");
        hasRegistry("{'extref':'" + STORE + "'}");
        assertThat(ilo.biosSettings().get(0).allowed()).containsExactly("Enabled", "Disabled");
    }

    @Test
    void a_registry_that_is_missing_broken_or_elsewhere_takes_nothing_but_the_types() throws Exception {
        IloClient ilo = ilo5("");
        assertThat(ilo.biosSettings()).hasSize(4);
        hasRegistry("'https://example.org/registry.json'");
        assertThat(ilo.biosSettings()).hasSize(4).allMatch(each -> each.type().isEmpty());
        hasRegistry("'" + STORE + "'");
        bmc.when("GET " + STORE, request -> Optional.of(Reply.of(200, "<html>")));
        assertThat(ilo.biosSettings()).hasSize(4).allMatch(each -> each.type().isEmpty());
    }

    @Test
    void changes_keep_the_type_that_the_setting_has() throws Exception {
        IloClient ilo = ilo5("");
        ilo.changeBios(Map.of("Cores", "4", "Quiet", "false", "Sriov", "Enabled", "Late", "7"));
        assertThat(bmc.changes())
                .containsExactly("PATCH " + SETTINGS
                        + " {\"Attributes\":{\"Cores\":4,\"Late\":\"7\",\"Quiet\":false,\"Sriov\":\"Enabled\"}}");
    }

    @Test
    void an_ilo4_has_them_at_the_top_among_other_things() throws Exception {
        IloClient ilo = Fixtures.ilo4Gen9(bmc)
                .has(
                        BIOS,
                        "{'@odata.id':'" + BIOS
                                + "','Id':'Bios','Name':'BIOS','Type':'HpBios.1','Modified':'now','Sriov':'Enabled',"
                                + "'SettingsResult':{'Time':'x'},'links':{'Settings':{'href':'" + SETTINGS + "'}}}")
                .has(SETTINGS, "{'Sriov':'Enabled','Sriov@Message':'x'}")
                .client(Generation.ILO4, "2.50", "ProLiant DL380 Gen9");
        assertThat(ilo.biosSettings()).extracting(BiosSetting::name).containsExactly("Sriov");
        ilo.changeBios(Map.of("Sriov", "Disabled"));
        assertThat(bmc.changes()).containsExactly("PATCH " + SETTINGS + " {\"Sriov\":\"Disabled\"}");
    }

    @Test
    void the_factory_settings_are_written_where_they_are_told() throws Exception {
        String configs = BIOS + "BaseConfigs/";
        IloClient ilo = ilo5(",'Oem':{'Hpe':{'Links':{'BaseConfigs':{'@odata.id':'" + configs + "'}}}}");
        bmc.has(configs, "{'BaseConfigs':[{'tuned':{'Cores':1}},{'default':{'Cores':16,'Sriov':'Enabled'}}]}");
        ilo.resetBios();
        assertThat(bmc.changes())
                .containsExactly("PATCH " + SETTINGS + " {\"Attributes\":{\"Cores\":16,\"Sriov\":\"Enabled\"}}");
    }

    @Test
    void else_the_action_of_the_standard_is_taken_or_it_is_not_offered() throws Exception {
        String action = BIOS + "Actions/Bios.ResetBios/";
        IloClient ilo = ilo5(",'Actions':{'#Bios.ResetBios':{'target':'" + action + "'}}");
        ilo.resetBios();
        assertThat(bmc.changes()).containsExactly("POST " + action + " {}");
        IloClient other = ilo5("");
        OperationFailed failure = catchThrowableOfType(OperationFailed.class, other::resetBios);
        assertThat(NotOffered.caused(failure)).isTrue();
    }

    private static BiosSetting setting(String name, String value, String pending, Optional<String> type) {
        return new BiosSetting(name, Optional.of(value), Optional.of(pending), type, List.of(), Optional.empty());
    }
}
