package ru.reklamai.generation.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import ru.reklamai.events.GenerationCancelled;
import ru.reklamai.events.GenerationQueried;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.events.GenerationUpdated;
import ru.reklamai.generation.credit.Credits;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.kit.messaging.Outbox;

/** Tells the worker of new and of cancelled generations, and their owners of every change. */
@Startup
@ApplicationScoped
public class GenerationPublisher {

    /** An order is the first version of its generation. */
    private static final int ORDERED = 1;

    private final Outbox<Generation> outbox;
    private final MutinyEmitter<byte[]> events;
    private final Storage storage;
    private final ObjectMapper json;

    GenerationPublisher(
            @Channel("events") MutinyEmitter<byte[]> events,
            GenerationRepository generations,
            Storage storage,
            ObjectMapper json,
            Scheduler scheduler,
            MeterRegistry metrics) {
        this.outbox = new Outbox<>("generations", events, generations, this::eventsOf, json, scheduler, metrics);
        this.events = events;
        this.storage = storage;
        this.json = json;
    }

    /** Never waits and never fails. */
    public void publish(Generation generation) {
        outbox.publish(generation);
    }

    /** Asks the worker to repeat its last event, or to take the order if that never arrived. */
    Uni<Void> ask(Generation generation) {
        var question = new GenerationQueried(
                UuidCreator.getTimeOrderedEpoch(),
                GenerationQueried.TYPE,
                generation.version(),
                Instant.now(),
                generation.id(),
                generation.userId(),
                toRequested(generation));
        try {
            return events.sendMessage(
                    new Outbox.Event(GenerationQueried.TYPE, question).toMessage(json, generation.traceparent()));
        } catch (JsonProcessingException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private List<Outbox.Event> eventsOf(Generation generation) {
        var updated = new Outbox.Event(GenerationUpdated.TYPE, toUpdated(generation));
        return switch (generation.status()) {
            case QUEUED -> List.of(new Outbox.Event(GenerationRequested.TYPE, toRequested(generation)), updated);
            case CANCELLED -> List.of(new Outbox.Event(GenerationCancelled.TYPE, toCancelled(generation)), updated);
            case PROCESSING, SUCCEEDED, FAILED -> List.of(updated);
        };
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

    static GenerationRequested toRequested(Generation generation) {
        Generation.ProviderRequest request = generation.providerRequest();
        return new GenerationRequested(
                UuidCreator.getTimeOrderedEpoch(),
                GenerationRequested.TYPE,
                ORDERED,
                generation.createdAt(),
                generation.id(),
                generation.userId(),
                request.family(),
                request.providerModel(),
                generation.modality(),
                request.input(),
                request.files(),
                generation.deadlineAt());
    }

    private static GenerationCancelled toCancelled(Generation generation) {
        return new GenerationCancelled(
                UuidCreator.getTimeOrderedEpoch(),
                GenerationCancelled.TYPE,
                generation.version(),
                generation.updatedAt(),
                generation.id(),
                generation.userId(),
                generation.providerRequest().family(),
                generation.providerRequest().providerModel(),
                generation.modality(),
                generation.finalCredits().orElse(0L) > 0);
    }
}
