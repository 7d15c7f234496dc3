package io.ferric.lab.ilo;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloState.Post;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.IloState.PowerDelays;
import java.time.Duration;
import java.util.Optional;

/**
 * The power of a server and its way from there to the boot: transitions that take time, the self-test, resets. What is
 * here is guarded by the lock of the {@link IloState} it belongs to; the machine is told outside of it.
 */
final class ServerPower {
    private final IloState ilo;
    private final PowerDelays delays;
    private Power power = Power.OFF;
    private Optional<Power> heading = Optional.empty();
    private int transition;
    private Duration post;
    private int posts;
    private boolean inPost;
    private int boots;

    ServerPower(IloState ilo, PowerDelays delays, Duration post) {
        this.ilo = ilo;
        this.delays = delays;
        this.post = post;
    }

    Power now() {
        return power;
    }

    void on() {
        if (power == Power.OFF) {
            switchTo(Power.ON, delays.on());
        }
    }

    void off() {
        if (power == Power.ON) {
            switchTo(Power.OFF, delays.off());
        } else if (heading.isPresent() && !ilo.struck(IloFault.STUCK_POWER)) {
            heading = Optional.empty();
            transition++;
        }
    }

    void pressButton() {
        if (power == Power.OFF) {
            on();
        } else if (!ilo.struck(IloFault.STUCK_POWER)) {
            PowerHook machine = ilo.hook();
            ilo.later(Duration.ZERO, machine::powerButtonPressed);
        }
    }

    boolean reset(String cause) {
        if (power == Power.OFF) {
            return false;
        }
        if (!ilo.struck(IloFault.STUCK_POWER)) {
            hostReset(cause);
        }
        return true;
    }

    void hostReset(String cause) {
        ilo.log(Kind.RESET, cause);
        ilo.later(Duration.ZERO, () -> boot(cause));
    }

    void hostPowerOff() {
        ilo.later(Duration.ZERO, () -> arrive(Power.OFF));
    }

    boolean coldBoot() {
        if (power == Power.OFF) {
            return false;
        }
        if (!ilo.struck(IloFault.STUCK_POWER)) {
            ilo.later(delays.off(), () -> arrive(Power.OFF));
            ilo.later(delays.off().plus(delays.on()), () -> arrive(Power.ON));
        }
        return true;
    }

    private void switchTo(Power target, Duration delay) {
        if (heading.isPresent() || ilo.struck(IloFault.STUCK_POWER)) {
            return;
        }
        heading = Optional.of(target);
        int mine = ++transition;
        ilo.later(delay, () -> arrive(target, mine));
    }

    private void arrive(Power target, int mine) {
        synchronized (ilo) {
            if (mine != transition) {
                return;
            }
        }
        arrive(target);
    }

    private void arrive(Power target) {
        PowerHook machine;
        synchronized (ilo) {
            heading = Optional.empty();
            power = target;
            inPost = false;
            posts++;
            machine = ilo.hook();
            ilo.log(target == Power.ON ? Kind.POWERED_ON : Kind.POWERED_OFF, "");
        }
        if (target == Power.ON) {
            boot("power on");
        } else {
            machine.poweredOff();
        }
    }

    private void boot(String cause) {
        int mine;
        Duration duration;
        synchronized (ilo) {
            if (power == Power.OFF) {
                return;
            }
            mine = ++posts;
            duration = post;
            inPost = !duration.isZero();
        }
        if (duration.isZero()) {
            finishPost(cause, mine);
        } else {
            ilo.log(Kind.POST_STARTED, duration.toMillis() + " ms");
            ilo.later(duration, () -> finishPost(cause, mine));
        }
    }

    private void finishPost(String cause, int mine) {
        BootAttempt attempt;
        PowerHook machine;
        synchronized (ilo) {
            if (power == Power.OFF || mine != posts) {
                return;
            }
            inPost = false;
            attempt = ilo.nextBoot(cause);
            machine = ilo.hook();
            boots++;
            ilo.log(Kind.BOOTED, attempt.order().toString());
        }
        machine.booting(attempt);
    }

    Post post() {
        if (power == Power.OFF) {
            return Post.POWER_OFF;
        }
        return inPost ? Post.IN_POST : Post.FINISHED;
    }

    void postDuration(Duration duration) {
        post = duration;
    }

    int boots() {
        return boots;
    }
}
