package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.driver.InspectInterface;
import io.ferric.driver.Task;
import io.ferric.ilo.client.Answer;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.client.PostState;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks an iLO what its server is made of. The power is left alone: some models tell all only once the server is on and
 * through its self-test, and then the fault says so. Source: Ironic's IloInspect. Safe for use by many threads.
 */
public final class IloInspect implements InspectInterface {
    private final NodeIlo ilos;
    private final Sightings sightings;
    private final Insistence insistence;

    IloInspect(IloParts.Talk talk, Insistence insistence) {
        this.ilos = talk.ilos();
        this.sightings = talk.sightings();
        this.insistence = insistence;
    }

    @Override
    public void validate(Task task, Findings findings) {
        ilos.check(task.node(), findings);
    }

    @Override
    public Inspected inspect(Task task) {
        IloClient ilo = ilos.client(task);
        Answer<Inventory> answer = Offer.of(() -> insistence.get(() -> ilo.ask(IloClient::inventory)));
        List<String> missing = InspectedServer.missing(answer.value());
        if (!missing.isEmpty()) {
            throw incomplete(ilo, missing);
        }
        task.checkCancelled();
        Sighting seen = sightings.look(task);
        return new InspectedServer(
                        answer.value(),
                        answer.protocol(),
                        seen,
                        offered(ilo::supportedBootModes).orElse(Set.of()),
                        offered(ilo::currentBootMode).flatMap(mode -> mode),
                        offered(ilo::secureBoot).flatMap(secure -> secure))
                .inspected();
    }

    /** What this iLO does not tell is left out; a failure is one. */
    private <T> Optional<T> offered(Supplier<T> question) {
        try {
            return Optional.of(insistence.get(question));
        } catch (OperationFailed e) {
            if (NotOffered.caused(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private OperationFailed incomplete(IloClient ilo, List<String> missing) {
        boolean off = insistence.get(ilo::power) == PowerState.OFF;
        boolean inPost = !off
                && offered(ilo::postState)
                        .flatMap(post -> post)
                        .filter(PostState::underWay)
                        .isPresent();
        String why = off ? ": the server is off" : inPost ? ": the server is still in its self-test" : "";
        String cure = off || inPost
                ? "Some servers tell it only when they are on and through their self-test: "
                        + (off ? "switch it on, wait" : "wait") + " until that is over, and inspect again."
                : "Reset the server, wait until its self-test is over, and inspect again; if that does not help, reset the"
                        + " iLO or update its firmware.";
        return new OperationFailed(
                FaultCode.ILO_OPERATION_ERROR,
                "The iLO does not tell what the server has of: " + String.join(", ", missing) + why,
                cure);
    }
}
