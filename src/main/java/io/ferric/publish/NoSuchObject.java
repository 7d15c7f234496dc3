package io.ferric.publish;

/** Nothing is stored under the name asked for, or it has expired. */
public final class NoSuchObject extends PublishException {
    NoSuchObject(String code, String message) {
        super(code, message);
    }

    static NoSuchObject local(String name) {
        return new NoSuchObject(NO_SUCH_OBJECT, "Nothing is stored under the name " + name + ", or it has expired.");
    }

    static NoSuchObject swift(String container, String name) {
        return new NoSuchObject(
                SWIFT_OBJECT_NOT_FOUND, "Swift has no object " + name + " in the container " + container + ".");
    }
}
