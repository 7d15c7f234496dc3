package io.ferric.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/** A fault and how often it may still strike. */
final class FaultPlan {
    static final FaultPlan NONE = new FaultPlan(Fault.cutUp(0), 0);

    private final Fault fault;
    private final int times;
    private final AtomicInteger struck = new AtomicInteger();

    FaultPlan(Fault fault, int times) {
        this.fault = fault;
        this.times = times;
    }

    Fault fault() {
        return fault;
    }

    boolean spent() {
        return struck.get() >= times;
    }

    /** Whether it may strike now; counts that it does. */
    boolean strike() {
        return struck.getAndUpdate(count -> Math.min(count + 1, times)) < times;
    }

    int strikes() {
        return struck.get();
    }
}
