package ru.reklamai.worker.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.ProviderTaskEvent;

/**
 * Tells the broker of committed changes of tasks, at least once: at once where it can, else by the sweep. The row is the outbox:
 * {@code published_version} follows only after the broker's confirm.
 */
@ApplicationScoped
@RegisterForReflection(
        targets = {
            ProviderTaskEvent.Submitted.class,
            ProviderTaskEvent.Progressed.class,
            ProviderTaskEvent.Succeeded.class,
            ProviderTaskEvent.Failed.class,
            ProviderTaskEvent.StoredAsset.class,
            ErrorInfo.class
        })
class TaskPublisher {

    private static final Logger LOG = Logger.getLogger(TaskPublisher.class);
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_UNCONFIRMED = 200;
    private static final int STAMP_BATCH = 500;

    private final MutinyEmitter<byte[]> events;
    private final ProviderTaskRepository tasks;
    private final ObjectMapper json;
    private final AtomicInteger unconfirmed;
    private final ConcurrentLinkedQueue<Stamp> confirmed = new ConcurrentLinkedQueue<>();

    private record Stamp(UUID id, int version) {}

    TaskPublisher(
            @Channel("events") MutinyEmitter<byte[]> events,
            ProviderTaskRepository tasks,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.events = events;
        this.tasks = tasks;
        this.json = json;
        this.unconfirmed = metrics.gauge("reklamai.outbox.unconfirmed", new AtomicInteger());
    }

    /** Never waits and never fails: what can't go out now goes out with the sweep. */
    void publish(ProviderTask task) {
        if (unconfirmed.incrementAndGet() > MAX_UNCONFIRMED) {
            unconfirmed.decrementAndGet();
            return;
        }
        send(task)
                .ifNoItem()
                .after(CONFIRM_TIMEOUT)
                .fail()
                .onTermination()
                .invoke(unconfirmed::decrementAndGet)
                .subscribe()
                .with(
                        done -> confirmed.add(new Stamp(task.generationId(), task.version())),
                        failure -> LOG.warnf(
                                "not published, the sweep will try again: generationId=%s version=%d cause=%s",
                                task.generationId(), task.version(), failure));
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sweep() {
        tasks.findUnpublished().forEach(this::publish);
    }

    @Scheduled(every = "1s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void stampConfirmed() {
        List<UUID> ids = new ArrayList<>();
        List<Integer> versions = new ArrayList<>();
        Stamp stamp;
        while (ids.size() < STAMP_BATCH && (stamp = confirmed.poll()) != null) {
            ids.add(stamp.id());
            versions.add(stamp.version());
        }
        if (!ids.isEmpty()) {
            tasks.markPublished(ids, versions);
        }
    }

    private Uni<Void> send(ProviderTask task) {
        ProviderTaskEvent event = toEvent(task);
        return events.sendMessage(message(task, event.type(), event));
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

    private Message<byte[]> message(ProviderTask task, String type, Object event) {
        var metadata = OutgoingRabbitMQMetadata.builder()
                .withRoutingKey(type)
                .withContentType("application/json")
                .withDeliveryMode(2)
                .build();
        try {
            return Message.of(
                    json.writeValueAsBytes(event), Metadata.of(metadata, TracingMetadata.withCurrent(traceOf(task))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Event can't be written: " + type, e);
        }
    }

    /** The request's own trace goes on in every message about its generation, whoever sends it and when. */
    private static Context traceOf(ProviderTask task) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), task, TraceparentGetter.INSTANCE);
    }

    private enum TraceparentGetter implements TextMapGetter<ProviderTask> {
        INSTANCE;

        @Override
        public Iterable<String> keys(ProviderTask carrier) {
            return List.of("traceparent");
        }

        @Override
        public String get(ProviderTask carrier, String key) {
            return carrier != null && key.equals("traceparent")
                    ? carrier.traceparent().orElse(null)
                    : null;
        }
    }
}
