package io.ferric.lab.ilo;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.kit.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens to a simulated iLO while it runs, written down as text: a line a step, {@code #} begins a comment.
 *
 * <pre>
 * line   = [ when ] action
 * when   = "after" TIME | "on" EVENT | "at-boot"
 * action = "fault" NAME [ TIMES ] | "clear" NAME | "power" ("on"|"off"|"reset"|"press") | "post" TIME
 *        | "light" ("on"|"off"|"blink") | "license" TEXT | "hold" DRIVE | "release" DRIVE | "restart-ilo" TIME | "nmi"
 * TIME   = a number and "ms", "s" or "m"
 * EVENT  = a kind of event ({@link IloEvent.Kind}), a RIBCL command, or a word of a Redfish request such as
 *          VirtualMedia.InsertMedia
 * DRIVE  = "floppy" | "cdrom"
 * </pre>
 *
 * <p>A line without {@code when} acts at the start. A fault set on a command strikes that command already; everything
 * else that an event starts happens right after it. Immutable; one script can run on many iLOs.
 */
public final class IloScript {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)");
    private static final List<String> POWER = List.of("on", "off", "reset", "press");
    private static final List<String> LIGHT = List.of("on", "off", "blink");

    private final List<Step> steps;

    private IloScript(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    private sealed interface When {
        record AtStart() implements When {}

        record After(Duration delay) implements When {}

        record On(String event) implements When {}
    }

    /** Does something to an iLO; at once if it only sets faults, because those must strike what is under way. */
    private record Action(boolean urgent, Effect effect) {}

    @FunctionalInterface
    private interface Effect {
        void on(IloState state, Faults<IloFault> faults);
    }

    private record Step(When when, Action action) {}

    /** Reads a script. */
    public static IloScript parse(List<String> lines) throws IloScriptException {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").trim();
            if (!line.isEmpty()) {
                steps.add(new Words(i + 1, line).step());
            }
        }
        return new IloScript(steps);
    }

    void start(IloState state, Faults<IloFault> faults, ScheduledExecutorService timer) {
        for (Step step : steps) {
            Runnable run = () -> step.action.effect.on(state, faults);
            if (step.when instanceof When.After after) {
                later(timer, after.delay, run);
            } else if (step.when instanceof When.On on) {
                state.onEvent(event -> {
                    if (matches(event, on.event)) {
                        perform(step.action, run, timer);
                    }
                });
            } else {
                run.run();
            }
        }
    }

    private static void perform(Action action, Runnable run, ScheduledExecutorService timer) {
        if (action.urgent) {
            run.run();
        } else {
            later(timer, Duration.ZERO, run);
        }
    }

    private static void later(ScheduledExecutorService timer, Duration delay, Runnable run) {
        try {
            timer.schedule(run, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // closed meanwhile
        }
    }

    private static boolean matches(IloEvent event, String wanted) {
        return event.kind().name().equalsIgnoreCase(wanted)
                || event.kind() == Kind.COMMAND
                        && Arrays.asList(event.detail().split("[ /]")).contains(wanted);
    }

    /** The words of one line, taken from the left. */
    private static final class Words {
        private final int line;
        private final List<String> words;
        private int next;

        Words(int line, String text) {
            this.line = line;
            this.words = List.of(text.split("\\s+"));
        }

        Step step() throws IloScriptException {
            Step step = new Step(when(), action());
            if (next < words.size()) {
                throw fault("'" + words.get(next) + "' is one word too many");
            }
            return step;
        }

        private When when() throws IloScriptException {
            switch (words.get(0)) {
                case "after" -> {
                    next++;
                    return new When.After(time());
                }
                case "on" -> {
                    next++;
                    return new When.On(word("an event or command"));
                }
                case "at-boot" -> {
                    next++;
                    return new When.On(Kind.BOOTED.name());
                }
                default -> {
                    return new When.AtStart();
                }
            }
        }

        private Action action() throws IloScriptException {
            String verb = word("an action");
            return switch (verb) {
                case "fault" -> fault();
                case "clear" -> {
                    IloFault fault = faultName();
                    yield new Action(true, (state, faults) -> faults.clear(fault));
                }
                case "power" -> power(oneOf("what to do with the power", POWER));
                case "power-on", "power-off" -> power(verb.substring(6));
                case "post" -> {
                    Duration time = time();
                    yield slow(state -> state.postDuration(time));
                }
                case "light" -> light(oneOf("how the light is", LIGHT));
                case "license" -> license();
                case "hold" -> hold(true);
                case "release" -> hold(false);
                case "restart-ilo" -> {
                    Duration time = time();
                    yield slow(state -> state.restartIlo(time));
                }
                case "nmi" -> slow(IloState::nmi);
                default ->
                    throw fault("'" + verb + "' is no action; there are fault, clear, power, post, light, license, "
                            + "hold, release, restart-ilo and nmi");
            };
        }

        private static Action slow(Consumer<IloState> what) {
            return new Action(false, (state, faults) -> what.accept(state));
        }

        private Action fault() throws IloScriptException {
            IloFault fault = faultName();
            if (next == words.size()) {
                return new Action(true, (state, faults) -> faults.always(fault));
            }
            String times = word("how often");
            if (!times.matches("[1-9]\\d{0,5}")) {
                throw fault("'" + times + "' is not how often a fault strikes; write a number from 1 up");
            }
            int count = Integer.parseInt(times);
            return new Action(true, (state, faults) -> faults.inject(fault, count));
        }

        private IloFault faultName() throws IloScriptException {
            String name = word("a fault");
            Optional<IloFault> fault = IloFault.ofName(name);
            return fault.orElseThrow(() -> fault("there is no fault '" + name + "'; known are " + IloFault.names()));
        }

        private static Action power(String how) {
            return slow(state -> {
                switch (how) {
                    case "on" -> state.powerOn();
                    case "off" -> state.powerOff();
                    case "reset" -> state.hostReset("script");
                    default -> state.pressButton();
                }
            });
        }

        private static Action light(String how) {
            return slow(state -> state.light(
                    switch (how) {
                        case "on" -> IloState.Light.LIT;
                        case "off" -> IloState.Light.OFF;
                        default -> IloState.Light.BLINKING;
                    }));
        }

        private Action license() throws IloScriptException {
            String type = word("a licence");
            while (next < words.size()) {
                type += " " + words.get(next++);
            }
            String whole = type;
            return slow(state -> state.license(whole));
        }

        private Action hold(boolean held) throws IloScriptException {
            MediaDevice device = MediaDevice.valueOf(
                    oneOf("a drive", List.of("floppy", "cdrom")).toUpperCase(Locale.ROOT));
            return slow(state -> state.holdByConsole(device, held));
        }

        private Duration time() throws IloScriptException {
            String text = word("a time");
            Matcher matcher = TIME.matcher(text);
            if (!matcher.matches()) {
                throw fault("'" + text + "' is no time; write 500ms, 5s or 2m");
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMinutes(number);
            };
        }

        private String oneOf(String what, List<String> allowed) throws IloScriptException {
            String word = word(what);
            if (!allowed.contains(word)) {
                throw fault("'" + word + "' is not " + what + "; write one of " + String.join(", ", allowed));
            }
            return word;
        }

        private String word(String what) throws IloScriptException {
            if (next == words.size()) {
                throw fault(what + " is missing at the end");
            }
            return words.get(next++);
        }

        private IloScriptException fault(String message) {
            return new IloScriptException(line, message);
        }
    }
}
