package io.ferric.publish;

import java.io.IOException;

/**
 * Something could not be stored, signed, found or read. The message is fit for an operator and holds no secret and no
 * signature; {@link #code} is stable.
 */
public class PublishException extends IOException {
    /** A name, a duration or a setting that cannot be used. */
    public static final String INVALID_PARAMETER_VALUE = "InvalidParameterValue";
    /** The local store could not do it (disk full, permission, socket). */
    public static final String PUBLISH_FAILED = "PublishFailed";
    /** Nothing is stored under a name. */
    public static final String NO_SUCH_OBJECT = "NoSuchObject";
    /** Swift refused or could not be reached. */
    public static final String SWIFT_OPERATION_ERROR = "SwiftOperationError";
    /** Swift has no such object. */
    public static final String SWIFT_OBJECT_NOT_FOUND = "SwiftObjectNotFound";
    /** Glance has no such image, or not one that this user sees. */
    public static final String IMAGE_NOT_FOUND = "ImageNotFound";
    /** Glance has the image and forbids its use. */
    public static final String IMAGE_NOT_AUTHORIZED = "ImageNotAuthorized";
    /** Glance has the image, which cannot be used as it is now. */
    public static final String IMAGE_UNACCEPTABLE = "ImageUnacceptable";
    /** Glance refused or could not be reached. */
    public static final String GLANCE_CONNECTION_FAILED = "GlanceConnectionFailed";
    /** Keystone refused the credentials or could not be reached. */
    public static final String KEYSTONE_FAILURE = "KeystoneFailure";
    /** A setting that is needed for what was asked is not there. */
    public static final String MISSING_PARAMETER_VALUE = "MissingParameterValue";

    private final String code;

    public PublishException(String code, String message) {
        super(message);
        this.code = code;
    }

    public PublishException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The stable name of the fault, as Ironic calls it where Ironic has one. */
    public final String code() {
        return code;
    }
}
