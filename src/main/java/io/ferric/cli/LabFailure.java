package io.ferric.cli;

/** The lab's deploy did not end as it should. */
final class LabFailure extends RuntimeException {
    LabFailure(String message) {
        super(message);
    }
}
