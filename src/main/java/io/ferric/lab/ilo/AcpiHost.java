package io.ferric.lab.ilo;

/** A server whose operating system shuts down when someone presses the power button, and does nothing else. */
public final class AcpiHost implements PowerHook {
    private final IloState state;

    /** Still to be attached: {@code state.attach(new AcpiHost(state))}. */
    public AcpiHost(IloState state) {
        this.state = state;
    }

    @Override
    public void booting(BootAttempt boot) {}

    /** An operating system that is not up yet hears nothing. */
    @Override
    public void powerButtonPressed() {
        if (state.post() == IloState.Post.FINISHED) {
            state.hostPowerOff();
        }
    }
}
