package io.ferric.rest.auth;

import static io.ferric.rest.auth.Role.ADMIN;
import static io.ferric.rest.auth.Role.MANAGER;
import static io.ferric.rest.auth.Role.MEMBER;
import static io.ferric.rest.auth.Role.READER;

import java.util.EnumSet;
import java.util.Set;

/**
 * What can be asked of the API, by the name of Ironic's policy, and who may. An administrator may what a manager may, a
 * manager what a member may, and a member what a reader may. The columns: the least role in the whole system, in the
 * project that owns the node, in the project it is lent to. Source: the default policies of Ironic's secure RBAC.
 */
public enum Right {
    /** What everybody may who is let in. */
    API("baremetal:api", Who.projects(READER, READER)),
    /** One record of a list that has rights of its own; the resource asks for these. */
    RECORD("baremetal:record", Who.projects(READER, READER)),

    NODE_LIST("baremetal:node:list", Who.projects(READER, READER)),
    NODE_CREATE("baremetal:node:create", Who.projects(ADMIN, ADMIN)),
    NODE_DELETE("baremetal:node:delete", Who.owner(ADMIN, ADMIN)),
    NODE_GET("baremetal:node:get", Who.lessee(READER, READER, READER)),
    NODE_GET_LAST_ERROR("baremetal:node:get:last_error", Who.owner(READER, READER)),
    NODE_GET_RESERVATION("baremetal:node:get:reservation", Who.owner(READER, READER)),
    NODE_GET_DRIVER_INFO("baremetal:node:get:driver_info", Who.owner(READER, READER)),
    NODE_GET_DRIVER_INTERNAL_INFO("baremetal:node:get:driver_internal_info", Who.owner(READER, READER)),
    NODE_GET_STATES("baremetal:node:get_states", Who.lessee(READER, READER, READER)),
    NODE_HISTORY("baremetal:node:history:get", Who.owner(READER, READER)),
    NODE_INVENTORY("baremetal:node:inventory:get", Who.owner(READER, READER)),
    NODE_SENSORS("baremetal:node:sensors:get", Who.owner(READER, READER)),
    NODE_VALIDATE("baremetal:node:validate", Who.lessee(MEMBER, MEMBER, MANAGER)),

    NODE_UPDATE("baremetal:node:update", Who.lessee(MEMBER, MEMBER, MEMBER)),
    NODE_UPDATE_EXTRA("baremetal:node:update_extra", Who.lessee(MEMBER, MEMBER, MEMBER)),
    NODE_UPDATE_INSTANCE_INFO("baremetal:node:update_instance_info", Who.lessee(MEMBER, MEMBER, MANAGER)),
    NODE_UPDATE_DRIVER_INFO("baremetal:node:update:driver_info", Who.owner(MEMBER, MEMBER)),
    NODE_UPDATE_PROPERTIES("baremetal:node:update:properties", Who.owner(MEMBER, MEMBER)),
    NODE_UPDATE_CHASSIS("baremetal:node:update:chassis_uuid", Who.system(ADMIN)),
    NODE_UPDATE_INSTANCE("baremetal:node:update:instance_uuid", Who.owner(MEMBER, MEMBER)),
    NODE_UPDATE_LESSEE("baremetal:node:update:lessee", Who.owner(MEMBER, MEMBER)),
    NODE_UPDATE_OWNER("baremetal:node:update:owner", Who.system(MEMBER)),
    NODE_UPDATE_OWNER_PROVISIONED("baremetal:node:update_owner_provisioned", Who.system(ADMIN)),
    NODE_UPDATE_INTERFACES("baremetal:node:update:driver_interfaces", Who.owner(MEMBER, MANAGER)),
    NODE_UPDATE_NETWORK_DATA("baremetal:node:update:network_data", Who.owner(MEMBER, MEMBER)),
    NODE_UPDATE_CONDUCTOR_GROUP("baremetal:node:update:conductor_group", Who.system(MEMBER)),
    NODE_UPDATE_NAME("baremetal:node:update:name", Who.owner(MEMBER, MEMBER)),
    NODE_UPDATE_RETIRED("baremetal:node:update:retired", Who.owner(MEMBER, MEMBER)),
    NODE_UPDATE_SHARD("baremetal:node:update:shard", Who.system(ADMIN)),
    NODE_UPDATE_PARENT("baremetal:node:update:parent_node", Who.system(MEMBER)),
    NODE_DISABLE_CLEANING("baremetal:node:disable_cleaning", Who.system(ADMIN)),

    NODE_SET_MAINTENANCE("baremetal:node:set_maintenance", Who.lessee(MEMBER, MEMBER, MANAGER)),
    NODE_CLEAR_MAINTENANCE("baremetal:node:clear_maintenance", Who.lessee(MEMBER, MEMBER, MANAGER)),
    NODE_GET_BOOT_DEVICE("baremetal:node:get_boot_device", Who.owner(MEMBER, MANAGER)),
    NODE_SET_BOOT_DEVICE("baremetal:node:set_boot_device", Who.owner(MEMBER, MANAGER)),
    NODE_GET_INDICATOR("baremetal:node:get_indicator_state", Who.lessee(READER, READER, READER)),
    NODE_SET_INDICATOR("baremetal:node:set_indicator_state", Who.owner(MEMBER, MEMBER)),
    NODE_INJECT_NMI("baremetal:node:inject_nmi", Who.owner(MEMBER, MANAGER)),
    NODE_SET_POWER("baremetal:node:set_power_state", Who.lessee(MEMBER, MEMBER, MEMBER)),
    NODE_SET_BOOT_MODE("baremetal:node:set_boot_mode", Who.lessee(MEMBER, MEMBER, MEMBER)),
    NODE_SET_SECURE_BOOT("baremetal:node:set_secure_boot", Who.lessee(MEMBER, MEMBER, MEMBER)),
    NODE_SET_PROVISION("baremetal:node:set_provision_state", Who.lessee(MEMBER, MEMBER, MANAGER)),
    NODE_SET_RAID("baremetal:node:set_raid_state", Who.owner(MEMBER, MEMBER)),
    NODE_GET_CONSOLE("baremetal:node:get_console", Who.owner(MEMBER, MEMBER)),
    NODE_SET_CONSOLE("baremetal:node:set_console_state", Who.owner(MEMBER, MEMBER)),
    NODE_VIF_LIST("baremetal:node:vif:list", Who.lessee(READER, READER, READER)),
    NODE_VIF_ATTACH("baremetal:node:vif:attach", Who.lessee(MEMBER, MEMBER, MANAGER)),
    NODE_VIF_DETACH("baremetal:node:vif:detach", Who.lessee(MEMBER, MEMBER, MANAGER)),
    NODE_TRAITS_LIST("baremetal:node:traits:list", Who.lessee(READER, READER, READER)),
    NODE_TRAITS_SET("baremetal:node:traits:set", Who.owner(MEMBER, MANAGER)),
    NODE_TRAITS_DELETE("baremetal:node:traits:delete", Who.owner(MEMBER, MANAGER)),
    NODE_BIOS_GET("baremetal:node:bios:get", Who.lessee(READER, READER, READER)),
    NODE_FIRMWARE_GET("baremetal:node:firmware:get", Who.lessee(READER, READER, READER)),
    NODE_VMEDIA_GET("baremetal:node:vmedia:get", Who.owner(MEMBER, MEMBER)),
    NODE_VMEDIA_ATTACH("baremetal:node:vmedia:attach", Who.owner(MEMBER, MEMBER)),
    NODE_VMEDIA_DETACH("baremetal:node:vmedia:detach", Who.owner(MEMBER, MEMBER)),
    NODE_VENDOR_METHODS("baremetal:node:vendor_passthru:methods", Who.owner(READER, READER)),
    NODE_VENDOR_PASSTHRU("baremetal:node:vendor_passthru", Who.system(ADMIN)),
    NODE_HEARTBEAT("baremetal:node:ipa_heartbeat", Who.lessee(MEMBER, MEMBER, MEMBER)),

    PORT_LIST("baremetal:port:list", Who.projects(READER, READER)),
    PORT_GET("baremetal:port:get", Who.lessee(READER, READER, READER)),
    PORT_CREATE("baremetal:port:create", Who.owner(ADMIN, MANAGER)),
    PORT_UPDATE("baremetal:port:update", Who.owner(MEMBER, MANAGER)),
    PORT_DELETE("baremetal:port:delete", Who.owner(ADMIN, MANAGER)),
    PORTGROUP_LIST("baremetal:portgroup:list", Who.projects(READER, READER)),
    PORTGROUP_GET("baremetal:portgroup:get", Who.lessee(READER, READER, READER)),
    PORTGROUP_CREATE("baremetal:portgroup:create", Who.owner(ADMIN, MANAGER)),
    PORTGROUP_UPDATE("baremetal:portgroup:update", Who.owner(MEMBER, MANAGER)),
    PORTGROUP_DELETE("baremetal:portgroup:delete", Who.owner(ADMIN, MANAGER)),
    VOLUME_LIST("baremetal:volume:list", Who.projects(READER, READER)),
    VOLUME_GET("baremetal:volume:get", Who.lessee(READER, READER, READER)),
    VOLUME_TARGET_PROPERTIES("baremetal:volume:view_target_properties", Who.owner(READER, ADMIN)),
    VOLUME_CREATE("baremetal:volume:create", Who.lessee(MEMBER, MANAGER, MANAGER)),
    VOLUME_UPDATE("baremetal:volume:update", Who.lessee(MEMBER, MEMBER, MANAGER)),
    VOLUME_DELETE("baremetal:volume:delete", Who.lessee(MEMBER, MANAGER, MANAGER)),
    CHASSIS_GET("baremetal:chassis:get", Who.system(READER)),
    CHASSIS_CREATE("baremetal:chassis:create", Who.system(ADMIN)),
    CHASSIS_UPDATE("baremetal:chassis:update", Who.system(MEMBER)),
    CHASSIS_DELETE("baremetal:chassis:delete", Who.system(ADMIN)),
    TEMPLATE_GET("baremetal:deploy_template:get", Who.system(READER)),
    TEMPLATE_CREATE("baremetal:deploy_template:create", Who.system(ADMIN)),
    TEMPLATE_UPDATE("baremetal:deploy_template:update", Who.system(ADMIN)),
    TEMPLATE_DELETE("baremetal:deploy_template:delete", Who.system(ADMIN)),

    /** Of a project: its own allocations, and nodes that are its own or lent to it. */
    ALLOCATION_LIST("baremetal:allocation:list", Who.projects(READER, READER)),
    ALLOCATION_GET("baremetal:allocation:get", Who.projects(READER, READER)),
    ALLOCATION_CREATE("baremetal:allocation:create", Who.projects(MEMBER, MEMBER)),
    ALLOCATION_UPDATE("baremetal:allocation:update", Who.projects(MEMBER, MEMBER)),
    ALLOCATION_DELETE("baremetal:allocation:delete", Who.projects(MEMBER, MEMBER)),

    DRIVER_GET("baremetal:driver:get", Who.system(READER)),
    DRIVER_GET_PROPERTIES("baremetal:driver:get_properties", Who.system(READER)),
    DRIVER_GET_RAID("baremetal:driver:get_raid_logical_disk_properties", Who.system(READER)),
    DRIVER_VENDOR_METHODS("baremetal:driver:vendor_passthru:methods", Who.system(READER)),
    DRIVER_VENDOR_PASSTHRU("baremetal:driver:vendor_passthru", Who.system(ADMIN)),
    CONDUCTOR_GET("baremetal:conductor:get", Who.system(READER)),
    SHARDS_GET("baremetal:shards:get", Who.system(READER)),
    EVENTS_POST("baremetal:events:post", Who.system(ADMIN)),
    RAMDISK_LOOKUP("baremetal:driver:ipa_lookup", Who.projects(READER, READER)),
    CONTINUE_INSPECTION("baremetal:driver:ipa_continue_inspection", Who.projects(MEMBER, MEMBER));

    /** Vendor methods too: the ramdisk may continue its deploy with a token of Ferric's own user. */
    private static final Set<Right> OF_SERVICES =
            EnumSet.of(NODE_CREATE, NODE_VENDOR_PASSTHRU, PORT_CREATE, PORT_DELETE, PORTGROUP_CREATE, PORTGROUP_DELETE);

    private final String policy;
    private final Who who;

    Right(String policy, Who who) {
        this.policy = policy;
        this.who = who;
    }

    /** What Ironic calls it. */
    public String policy() {
        return policy;
    }

    /** Whether projects have it for the nodes that are theirs. */
    public boolean ofNode() {
        return who.ofNode();
    }

    /** Whether other services have it beside what their rank gives them, as in Ironic. */
    boolean ofServices() {
        return OF_SERVICES.contains(this);
    }

    Who who() {
        return who;
    }
}
