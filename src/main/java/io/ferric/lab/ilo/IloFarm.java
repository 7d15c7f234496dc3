package io.ferric.lab.ilo;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Many simulated iLOs in one program, cheaply: they share threads and a certificate, and an idle one costs no thread.
 *
 * <pre>{@code
 * try (IloFarm farm = IloFarm.start(1000, i -> SimulatedIlo.builder().serial("CZ%08d".formatted(i)))) {
 *     farm.ilos().get(0).address();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class IloFarm implements AutoCloseable {
    private final IloEngine engine;
    private final SelfSigned certificate;
    private final List<SimulatedIlo> ilos = new ArrayList<>();

    private IloFarm() throws IOException {
        certificate = SelfSigned.of("ILOPRETENDFARM", Instant.now(), new SecureRandom());
        engine = new IloEngine("farm");
    }

    /**
     * Starts iLOs number 0 to {@code count - 1}, each as its builder says.
     *
     * @throws IOException when one cannot listen; the others are closed then
     */
    public static IloFarm start(int count, IntFunction<SimulatedIlo.Builder> each) throws IOException {
        IloFarm farm = new IloFarm();
        try {
            for (int i = 0; i < count; i++) {
                farm.ilos.add(each.apply(i).on(farm.engine, farm.certificate).start());
            }
            return farm;
        } catch (IOException | RuntimeException e) {
            farm.close();
            throw e;
        }
    }

    public List<SimulatedIlo> ilos() {
        return List.copyOf(ilos);
    }

    /** SHA-256 of the certificate that all of them show. */
    public String fingerprint() {
        return certificate.fingerprint();
    }

    /** The greatest number of connections that were open at once, to all of them together. */
    public int mostConnections() {
        return engine.mostOpen();
    }

    @Override
    public void close() {
        ilos.forEach(SimulatedIlo::close);
        engine.close();
    }
}
