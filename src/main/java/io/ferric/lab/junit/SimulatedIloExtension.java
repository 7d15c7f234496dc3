package io.ferric.lab.junit;

import io.ferric.lab.ilo.AcpiHost;
import io.ferric.lab.ilo.SimulatedIlo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts a {@link SimulatedIlo} for each parameter of that type of a test, and closes it when the test is over. In a
 * constructor or a method of the whole class ({@code @BeforeAll}) it lives as long as the class's tests.
 *
 * <pre>{@code
 * @ExtendWith(SimulatedIloExtension.class)
 * class MyIloTest {
 *     @Test
 *     void survives_a_busy_ilo(@PretendIlo(profile = IloProfile.ILO5, faults = IloFault.HTTP_503) SimulatedIlo ilo) {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>The administrator is {@link SimulatedIlo#DEFAULT_USER}, the operating system of the server shuts down when the
 * power button is pressed. Needs JUnit 5 on the class path, which this library does not bring along.
 */
public final class SimulatedIloExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace SPACE =
            ExtensionContext.Namespace.create(SimulatedIloExtension.class);

    @PretendIlo
    private static final class Defaults {}

    /** For JUnit. */
    public SimulatedIloExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SimulatedIlo.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SimulatedIlo ilo = start(wanted(parameter, context));
        started(context).add(ilo);
        return ilo;
    }

    private static PretendIlo wanted(ParameterContext parameter, ExtensionContext context) {
        Optional<PretendIlo> own = parameter.findAnnotation(PretendIlo.class);
        return own.or(() -> on(context.getTestMethod()))
                .or(() -> on(context.getTestClass()))
                .orElseGet(() -> Defaults.class.getAnnotation(PretendIlo.class));
    }

    private static Optional<PretendIlo> on(Optional<? extends AnnotatedElement> element) {
        return element.map(each -> each.getAnnotation(PretendIlo.class));
    }

    private static SimulatedIlo start(PretendIlo wanted) {
        try {
            SimulatedIlo ilo = SimulatedIlo.builder()
                    .serial(wanted.serial())
                    .profile(wanted.profile())
                    .post(Duration.ofMillis(wanted.postMillis()))
                    .start();
            Arrays.stream(wanted.faults()).forEach(ilo.faults()::always);
            ilo.state().attach(new AcpiHost(ilo.state()));
            return ilo;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a simulated iLO", e);
        }
    }

    private static List<SimulatedIlo> started(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(SPACE);
        List<SimulatedIlo> mine = store.get(context.getUniqueId(), Started.class);
        if (mine == null) {
            Started none = new Started();
            store.put(context.getUniqueId(), none);
            return none;
        }
        return mine;
    }

    private static final class Started extends ArrayList<SimulatedIlo> {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end(context);
    }

    private static void end(ExtensionContext context) {
        started(context).forEach(SimulatedIlo::close);
        started(context).clear();
    }
}
