package ru.reklamai.generation.generation;

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
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.events.GenerationUpdated;
import ru.reklamai.generation.asset.Storage;
import ru.reklamai.generation.credit.Credits;

/**
 * Tells the broker of committed changes, at least once: at once where it can, else by the sweep. The row is the outbox:
 * {@code published_version} follows only after the broker's confirm.
 */
@ApplicationScoped
@RegisterForReflection(
        targets = {
            GenerationRequested.class,
            GenerationRequested.InputFile.class,
            GenerationUpdated.class,
            ErrorInfo.class
        })
class GenerationPublisher {

    private static final Logger LOG = Logger.getLogger(GenerationPublisher.class);
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_UNCONFIRMED = 200;
    private static final int STAMP_BATCH = 500;

    private final MutinyEmitter<byte[]> events;
    private final GenerationRepository generations;
    private final Storage storage;
    private final ObjectMapper json;
    private final AtomicInteger unconfirmed;
    private final ConcurrentLinkedQueue<Stamp> confirmed = new ConcurrentLinkedQueue<>();

    private record Stamp(UUID id, int version) {}

    GenerationPublisher(
            @Channel("events") MutinyEmitter<byte[]> events,
            GenerationRepository generations,
            Storage storage,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.events = events;
        this.generations = generations;
        this.storage = storage;
        this.json = json;
        this.unconfirmed = metrics.gauge("reklamai.outbox.unconfirmed", new AtomicInteger());
    }

    /** Never waits and never fails: what can't go out now goes out with the sweep. */
    void publish(Generation generation) {
        if (unconfirmed.incrementAndGet() > MAX_UNCONFIRMED) {
            unconfirmed.decrementAndGet();
            return;
        }
        send(generation)
                .ifNoItem()
                .after(CONFIRM_TIMEOUT)
                .fail()
                .onTermination()
                .invoke(unconfirmed::decrementAndGet)
                .subscribe()
                .with(
                        done -> confirmed.add(new Stamp(generation.id(), generation.version())),
                        failure -> LOG.warnf(
                                "not published, the sweep will try again: generationId=%s version=%d cause=%s",
                                generation.id(), generation.version(), failure));
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sweep() {
        generations.findUnpublished().forEach(this::publish);
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
            generations.markPublished(ids, versions);
        }
    }

    private Uni<Void> send(Generation generation) {
        Uni<Void> updated = events.sendMessage(message(generation, GenerationUpdated.TYPE, toUpdated(generation)));
        if (generation.status() != Generation.Status.QUEUED) {
            return updated;
        }
        var requested = events.sendMessage(message(generation, GenerationRequested.TYPE, toRequested(generation)));
        return Uni.join().all(requested, updated).andFailFast().replaceWithVoid();
    }

    GenerationUpdated toUpdated(Generation generation) {
        return new GenerationUpdated(
                UuidCreator.getTimeOrderedEpoch(),
                GenerationUpdated.TYPE,
                generation.version(),
                generation.updatedAt(),
                generation.id(),
                generation.userId(),
                generation.status().text(),
                generation.progress().orElse(null),
                generation
                        .thumbnailPath()
                        .map(path -> storage.thumbnailLink(path).url())
                        .orElse(null),
                generation.error().orElse(null),
                generation.finalCredits().map(Credits::toDecimal).orElse(null));
    }

    private static GenerationRequested toRequested(Generation generation) {
        ProviderRequest request = generation.providerRequest();
        return new GenerationRequested(
                UuidCreator.getTimeOrderedEpoch(),
                GenerationRequested.TYPE,
                generation.version(),
                generation.updatedAt(),
                generation.id(),
                generation.userId(),
                request.family(),
                request.providerModel(),
                generation.modality(),
                request.input(),
                request.files(),
                generation.deadlineAt());
    }

    private Message<byte[]> message(Generation generation, String type, Object event) {
        var metadata = OutgoingRabbitMQMetadata.builder()
                .withRoutingKey(type)
                .withContentType("application/json")
                .withDeliveryMode(2)
                .build();
        try {
            return Message.of(
                    json.writeValueAsBytes(event),
                    Metadata.of(metadata, TracingMetadata.withCurrent(traceOf(generation))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Event can't be written: " + type, e);
        }
    }

    /** The request's own trace goes on in every message about its generation, whoever sends it and when. */
    private static Context traceOf(Generation generation) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), generation, TraceparentGetter.INSTANCE);
    }

    private enum TraceparentGetter implements TextMapGetter<Generation> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Generation carrier) {
            return List.of("traceparent");
        }

        @Override
        public String get(Generation carrier, String key) {
            return carrier != null && key.equals("traceparent")
                    ? carrier.traceparent().orElse(null)
                    : null;
        }
    }
}
