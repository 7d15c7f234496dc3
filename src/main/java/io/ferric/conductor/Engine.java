package io.ferric.conductor;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the durable work when it is due: db-scheduler, and what it shall call. */
final class Engine {
    /** Threads beside those for visits, so that timeouts and the power sync run while every worker is busy. */
    private static final int SPARE_THREADS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Context context;
    private final Scheduler scheduler;

    /** Work to be done again and again, by one conductor at a time; with an interval of zero never. */
    record Periodic(String name, Duration interval, Runnable work) {}

    /**
     * @param visits returns whether the visit is over; if not it is left for the next start
     * @param waits returns when to look again; empty when the wait is over
     */
    Engine(
            Context context,
            Function<Visit, Boolean> visits,
            Function<Wait, Optional<Instant>> waits,
            List<Periodic> periodic) {
        this.context = context;
        List<com.github.kagkarlsson.scheduler.task.Task<?>> tasks = new ArrayList<>();
        tasks.add(Tasks.custom(Agenda.VISIT)
                .onDeadExecutionRevive()
                .onFailure(later())
                .execute((instance, execution) ->
                        visits.apply(instance.getData()) ? new CompletionHandler.OnCompleteRemove<>() : again(now())));
        tasks.add(Tasks.custom(Agenda.WAIT)
                .onDeadExecutionRevive()
                .onFailure(later())
                .execute((instance, execution) -> waits.apply(instance.getData())
                        .<CompletionHandler<Wait>>map(Engine::again)
                        .orElseGet(CompletionHandler.OnCompleteRemove::new)));
        SchedulerBuilder builder = Scheduler.create(context.database().pool(), tasks)
                .clock(context.clock()::instant)
                .schedulerName(new SchedulerName.Fixed(context.host()))
                .serializer(new JsonSerializer())
                .enablePriority()
                .threads(context.config().workersPoolSize() + SPARE_THREADS)
                .heartbeatInterval(context.config().heartbeatInterval())
                .pollingInterval(context.config().pollingInterval())
                .shutdownMaxWait(context.config().shutdownWait());
        builder.startTasks(periodic.stream()
                .filter(each -> !each.interval().isZero())
                .map(Engine::recurring)
                .toList());
        scheduler = Dialect.of(context.database()).poll(builder).build();
    }

    private static RecurringTask<Void> recurring(Periodic periodic) {
        return Tasks.recurring(periodic.name(), FixedDelay.of(periodic.interval()))
                .execute((instance, execution) -> periodic.work().run());
    }

    private Instant now() {
        return context.now();
    }

    private static <T> CompletionHandler<T> again(Instant at) {
        return (complete, operations) -> {
            try {
                operations.reschedule(complete, at);
            } catch (ExecutionException takenOver) {
                LOG.info("{} is done by another conductor now", complete.getExecution().taskInstance);
            }
        };
    }

    private <T> FailureHandler<T> later() {
        return (complete, operations) -> operations.reschedule(complete, now().plus(RETRY));
    }

    void start() {
        scheduler.start();
    }

    void wakeUp() {
        scheduler.triggerCheckForDueExecutions();
    }

    /** Begins nothing new. */
    void pause() {
        scheduler.pause();
    }

    /** Waits for what runs, for as long as configured, then interrupts it. */
    void stop() {
        scheduler.stop();
    }
}
