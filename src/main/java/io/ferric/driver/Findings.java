package io.ferric.driver;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    public void add(Finding finding) {
        all.add(finding);
    }

    /** Takes over what a fault says, for checks that throw. */
    public void add(String field, InvalidRequest fault) {
        all.add(new Finding(fault.code(), field, "'" + field + "' cannot be used. " + fault.inPlainWords()));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public List<Finding> all() {
        return List.copyOf(all);
    }

    /** All messages in one text, in the order found. */
    public String text() {
        return all.stream().map(Finding::message).collect(Collectors.joining(" "));
    }

    /** Throws one fault that names every finding; does nothing when there is none. */
    public void throwIfAny() {
        if (all.isEmpty()) {
            return;
        }
        boolean missing = all.stream().allMatch(each -> each.code().equals(FaultCode.MISSING_PARAMETER_VALUE));
        throw new InvalidRequest(
                missing ? FaultCode.MISSING_PARAMETER_VALUE : FaultCode.INVALID_PARAMETER_VALUE, text(), "");
    }
}
