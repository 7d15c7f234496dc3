package io.ferric.lab.junit;

import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.IloProfile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which iLO {@link SimulatedIloExtension} starts: on a parameter, or on a test or class for all their parameters
 * without one of their own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface PretendIlo {
    /** The generation of iLO and server. */
    IloProfile profile() default IloProfile.ILO4_GEN9;

    /** The server's serial number; the addresses of its network ports follow from it. */
    String serial() default "CZ1234ABCD";

    /** Faults that strike whenever they can, until {@code ilo.faults().clear()}. */
    IloFault[] faults() default {};

    /** How long the server's self-test takes, in milliseconds. */
    long postMillis() default 0;
}
