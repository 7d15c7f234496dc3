package io.ferric.driver;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects everything that is wrong, each thing once, so that the operator hears it all at once. For one thread. */
public final class Findings {
    private final Set<Finding> all = new LinkedHashSet<>();

    /** A value that must be there is not. */
    public void missing(String field, String cure) {
        all.add(new Finding(FaultCode.MISSING_PARAMETER_VALUE, field, "'" + field + "' is missing. " + cure));
    }

    /** A value is there but wrong; the message names it unless it is secret. */
    public void invalid(String field, String message) {
        all.add(new Finding(FaultCode.INVALID_PARAMETER_VALUE, field, "'" + field + "' " + message));
    }

    /** Something that stops nothing, but that the operator should know; the message is a whole sentence. */
    public void warn(String field, String message) {
        all.add(new Finding(Finding.WARNING, field, message));
    }

    public void add(Finding finding) {
        all.add(finding);
    }

    /** Takes over what a fault says, for checks that throw. */
    public void add(String field, InvalidRequest fault) {
        all.add(new Finding(fault.code(), field, "'" + field + "' cannot be used. " + fault.inPlainWords()));
    }

    /** Whether nothing stops the work; there may be warnings. */
    public boolean isEmpty() {
        return errors().findAny().isEmpty();
    }

    /** Errors and warnings, in the order found. */
    public List<Finding> all() {
        return List.copyOf(all);
    }

    public List<Finding> warnings() {
        return all.stream().filter(Finding::warns).toList();
    }

    /** All errors in one text, in the order found. */
    public String text() {
        return errors().map(Finding::message).collect(Collectors.joining(" "));
    }

    private Stream<Finding> errors() {
        return all.stream().filter(each -> !each.warns());
    }

    /** Throws one fault that names every error; does nothing when there is none. */
    public void throwIfAny() {
        if (isEmpty()) {
            return;
        }
        boolean missing = errors().allMatch(each -> each.code().equals(FaultCode.MISSING_PARAMETER_VALUE));
        throw new InvalidRequest(
                missing ? FaultCode.MISSING_PARAMETER_VALUE : FaultCode.INVALID_PARAMETER_VALUE, text(), "");
    }
}
