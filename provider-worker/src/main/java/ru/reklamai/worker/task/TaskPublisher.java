package ru.reklamai.worker.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Channel;
import ru.reklamai.events.ProviderTaskEvent;
import ru.reklamai.kit.messaging.Outbox;

/** Tells generation-service what becomes of provider tasks. */
@Startup
@ApplicationScoped
public class TaskPublisher {

    private final Outbox<ProviderTask> outbox;

    TaskPublisher(
            @Channel("events") MutinyEmitter<byte[]> events,
            ProviderTaskRepository tasks,
            ObjectMapper json,
            Scheduler scheduler,
            MeterRegistry metrics) {
        outbox = new Outbox<>("provider-tasks", events, tasks, TaskPublisher::eventsOf, json, scheduler, metrics);
    }

    /** Never waits and never fails; readers drop a version that they have. */
    public void publish(ProviderTask task) {
        outbox.publish(task);
    }

    /** Nobody is told of an outcome that is only accounted for. */
    static List<Outbox.Event> eventsOf(ProviderTask task) {
        if (task.status() == ProviderTask.Status.SUCCEEDED && !task.resultWanted()) {
            return List.of();
        }
        ProviderTaskEvent event = toEvent(task);
        return List.of(new Outbox.Event(event.type(), event));
    }

    /** The event follows from the row alone, so it can be made again at any time. */
    private static ProviderTaskEvent toEvent(ProviderTask task) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        UUID generationId = task.generationId();
        return switch (task.status()) {
            case SUCCEEDED ->
                new ProviderTaskEvent.Succeeded(
                        id, task.version(), task.updatedAt(), generationId, task.userId(), task.assets());
            case FAILED -> failed(id, task);
            case PENDING, SUBMITTING, RUNNING, DELIVERING -> {
                if (task.deadlinePassed()) {
                    yield failed(id, task);
                }
                yield task.progress()
                        .<ProviderTaskEvent>map(progress -> new ProviderTaskEvent.Progressed(
                                id, task.version(), task.updatedAt(), generationId, task.userId(), progress))
                        .orElseGet(() -> new ProviderTaskEvent.Submitted(
                                id, task.version(), task.updatedAt(), generationId, task.userId()));
            }
        };
    }

    private static ProviderTaskEvent failed(UUID id, ProviderTask task) {
        return new ProviderTaskEvent.Failed(
                id,
                task.version(),
                task.updatedAt(),
                task.generationId(),
                task.userId(),
                task.error().orElseThrow());
    }
}
