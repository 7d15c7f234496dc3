package io.ferric.node;

/** The stable names of errors: Ironic's own, so that clients and scripts written for Ironic keep working. */
public final class FaultCode {
    public static final String INVALID_PARAMETER_VALUE = "InvalidParameterValue";
    public static final String MISSING_PARAMETER_VALUE = "MissingParameterValue";
    public static final String UNSUPPORTED_DRIVER_EXTENSION = "UnsupportedDriverExtension";
    public static final String INVALID_STATE_REQUESTED = "InvalidStateRequested";
    public static final String NODE_IN_MAINTENANCE = "NodeInMaintenance";
    public static final String NODE_IS_RETIRED = "NodeIsRetired";
    public static final String NODE_PROTECTED = "NodeProtected";
    public static final String INVALID = "Invalid";
    public static final String NOT_AUTHENTICATED = "NotAuthenticated";
    public static final String NOT_AUTHORIZED = "NotAuthorized";
    public static final String DRIVER_NOT_FOUND = "DriverNotFound";
    public static final String NODE_NOT_FOUND = "NodeNotFound";
    public static final String PORT_NOT_FOUND = "PortNotFound";
    public static final String CHASSIS_NOT_FOUND = "ChassisNotFound";
    public static final String CHASSIS_ALREADY_EXISTS = "ChassisAlreadyExists";
    public static final String CHASSIS_NOT_EMPTY = "ChassisNotEmpty";
    public static final String PORT_ALREADY_EXISTS = "PortAlreadyExists";
    public static final String PORTGROUP_NOT_FOUND = "PortgroupNotFound";
    public static final String PORTGROUP_ALREADY_EXISTS = "PortgroupAlreadyExists";
    public static final String PORTGROUP_MAC_ALREADY_EXISTS = "PortgroupMACAlreadyExists";
    public static final String PORTGROUP_DUPLICATE_NAME = "PortgroupDuplicateName";
    public static final String PORTGROUP_NOT_EMPTY = "PortgroupNotEmpty";
    public static final String VOLUME_CONNECTOR_NOT_FOUND = "VolumeConnectorNotFound";
    public static final String VOLUME_CONNECTOR_ALREADY_EXISTS = "VolumeConnectorAlreadyExists";
    public static final String VOLUME_CONNECTOR_TYPE_AND_ID_ALREADY_EXISTS = "VolumeConnectorTypeAndIdAlreadyExists";
    public static final String VOLUME_TARGET_NOT_FOUND = "VolumeTargetNotFound";
    public static final String VOLUME_TARGET_ALREADY_EXISTS = "VolumeTargetAlreadyExists";
    public static final String VOLUME_TARGET_BOOT_INDEX_ALREADY_EXISTS = "VolumeTargetBootIndexAlreadyExists";
    public static final String DEPLOY_TEMPLATE_NOT_FOUND = "DeployTemplateNotFound";
    public static final String DEPLOY_TEMPLATE_ALREADY_EXISTS = "DeployTemplateAlreadyExists";
    public static final String DEPLOY_TEMPLATE_DUPLICATE_NAME = "DeployTemplateDuplicateName";
    public static final String INVALID_DEPLOY_TEMPLATE = "InvalidDeployTemplate";
    public static final String NODE_INVENTORY_NOT_FOUND = "NodeInventoryNotFound";
    public static final String NODE_TRAIT_NOT_FOUND = "NodeTraitNotFound";
    public static final String BIOS_SETTING_NOT_FOUND = "BIOSSettingNotFound";
    public static final String VIF_ALREADY_ATTACHED = "VifAlreadyAttached";
    public static final String VIF_NOT_ATTACHED = "VifNotAttached";
    public static final String NO_FREE_PHYSICAL_PORTS = "NoFreePhysicalPorts";
    public static final String NODE_LOCKED = "NodeLocked";
    public static final String NODE_ASSOCIATED = "NodeAssociated";
    public static final String INSTANCE_ASSOCIATED = "InstanceAssociated";
    public static final String DUPLICATE_NAME = "DuplicateName";
    public static final String NODE_ALREADY_EXISTS = "NodeAlreadyExists";
    public static final String MAC_ALREADY_EXISTS = "MACAlreadyExists";
    public static final String INVALID_STATE = "InvalidState";
    public static final String NO_FREE_CONDUCTOR_WORKER = "NoFreeConductorWorker";
    public static final String TEMPORARY_FAILURE = "TemporaryFailure";
    public static final String INSTANCE_DEPLOY_FAILURE = "InstanceDeployFailure";
    public static final String POWER_STATE_FAILURE = "PowerStateFailure";
    public static final String ILO_OPERATION_ERROR = "IloOperationError";
    public static final String SWIFT_OPERATION_ERROR = "SwiftOperationError";
    public static final String IMAGE_CREATION_FAILED = "ImageCreationFailed";
    public static final String IMAGE_REF_VALIDATION_FAILED = "ImageRefValidationFailed";
    public static final String IMAGE_UNACCEPTABLE = "ImageUnacceptable";
    public static final String IMAGE_CHECKSUM_ERROR = "ImageChecksumError";
    public static final String INSUFFICIENT_DISK_SPACE = "InsufficientDiskSpace";
    public static final String DATABASE_UNAVAILABLE = "DatabaseUnavailable";
    public static final String INTERNAL_ERROR = "InternalError";

    private FaultCode() {}
}
