package ru.reklamai.generation.generation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import ru.reklamai.events.GenerationCancelled;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.events.GenerationUpdated;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.credit.Credits;
import ru.reklamai.kit.messaging.Outbox;

/**
 * Tells the worker of new generations, and their owners of every change. Where nothing comes back the order is sent again,
 * which asks the worker for its last word: so a message that the broker or a client of it lost delays a generation and
 * doesn't leave it hanging.
 */
@Startup
@ApplicationScoped
class GenerationPublisher {

    private final Outbox<Generation> outbox;
    private final Storage storage;

    GenerationPublisher(
            @Channel("events") MutinyEmitter<byte[]> events,
            GenerationRepository generations,
            Storage storage,
            ObjectMapper json,
            Scheduler scheduler,
            MeterRegistry metrics) {
        this.outbox = new Outbox<>("generations", events, generations, this::eventsOf, json, scheduler, metrics);
        this.storage = storage;
    }

    /** Never waits and never fails. */
    void publish(Generation generation) {
        outbox.publish(generation);
    }

    private List<Outbox.Event> eventsOf(Generation generation) {
        if (generation.isPublished()) {
            return List.of(new Outbox.Event(GenerationRequested.TYPE, toRequested(generation)));
        }
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
