package io.ferric.conductor;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.ferric.store.Database;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where durable work is written down. What is written inside {@link Database#inTransaction} becomes true together with
 * the change of the node that it belongs to.
 */
final class Agenda {
    static final TaskDescriptor<Visit> VISIT = TaskDescriptor.of("visit", Visit.class);
    static final TaskDescriptor<Wait> WAIT = TaskDescriptor.of("callback-timeout", Wait.class);

    private final SchedulerClient client;
    private final AtomicReference<Runnable> alarm = new AtomicReference<>(() -> {});

    Agenda(Database database) {
        client = SchedulerClient.Builder.create(database.dataSource())
                .serializer(new JsonSerializer())
                .enablePriority()
                .build();
    }

    void schedule(Visit visit, Instant at) {
        client.scheduleIfNotExists(VISIT.instance(visit.id()).data(visit).build(), at);
    }

    /** Plans to look whether the node still waits; harmless when that is planned already. */
    void schedule(Wait wait, Instant at) {
        client.scheduleIfNotExists(WAIT.instance(wait.id()).data(wait).build(), at);
    }

    /** Has what is due done now rather than at the next look; to be called after the transaction. */
    void wakeUp() {
        alarm.get().run();
    }

    void alarm(Runnable newAlarm) {
        alarm.set(newAlarm);
    }
}
