import io.ferric.lab.ilo.IloFarm;
import io.ferric.lab.ilo.IloProfile;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.SimulatedIlo;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;

/**
 * Many iLOs in one process: {@code WarmFarm PROFILE COUNT}. Prints a line {@code PORT FINGERPRINT} for each; then, whenever
 * a line comes in, how many connections were open at once at most so far. At the line {@code flip} it first switches
 * every server's power to the other state.
 */
final class WarmFarm {
    public static void main(String[] arguments) throws Exception {
        IloProfile profile = IloProfile.ofWireName(arguments[0]).orElseThrow();
        int count = Integer.parseInt(arguments[1]);
        try (IloFarm farm = IloFarm.start(count, i -> SimulatedIlo.builder()
                .profile(profile)
                .serial("CZ%08d".formatted(i))
                .powerDelays(Duration.ZERO, Duration.ZERO))) {
            for (SimulatedIlo ilo : farm.ilos()) {
                System.out.println(ilo.address().getPort() + " " + ilo.fingerprint());
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("flip")) {
                    for (SimulatedIlo ilo : farm.ilos()) {
                        flip(ilo);
                    }
                }
                System.out.println(farm.mostConnections());
            }
        }
    }

    private static void flip(SimulatedIlo ilo) {
        if (ilo.state().power() == Power.ON) {
            ilo.state().powerOff();
        } else {
            ilo.state().powerOn();
        }
    }
}
