package ru.reklamai.generation.generation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import ru.reklamai.events.Failure;
import ru.reklamai.events.ProviderTaskEvent;
import ru.reklamai.kit.messaging.Inbox;

/** Applies the worker's events about provider tasks, and settles the credits. Repeats and old events change nothing. */
@ApplicationScoped
class ProviderTaskConsumer {

    private static final Logger LOG = Logger.getLogger(ProviderTaskConsumer.class);

    private final TransitionRepository transitions;
    private final GenerationPublisher publisher;
    private final ObjectMapper json;
    private final MeterRegistry metrics;

    ProviderTaskConsumer(
            TransitionRepository transitions, GenerationPublisher publisher, ObjectMapper json, MeterRegistry metrics) {
        this.transitions = transitions;
        this.publisher = publisher;
        this.json = json;
        this.metrics = metrics;
    }

    @Incoming("provider-task")
    @RunOnVirtualThread
    public void onProviderTaskEvent(byte[] message) throws IOException {
        ProviderTaskEvent event = json.readValue(message, ProviderTaskEvent.class);
        Inbox.withRetry(() -> apply(event))
                .ifPresentOrElse(
                        this::tell,
                        () -> LOG.debugf(
                                "nothing to apply: generationId=%s type=%s", event.generationId(), event.type()));
    }

    private Optional<Generation> apply(ProviderTaskEvent event) {
        return switch (event) {
            case ProviderTaskEvent.Submitted e -> transitions.start(e.generationId(), e.version());
            case ProviderTaskEvent.Progressed e -> transitions.progress(e.generationId(), e.version(), e.progress());
            case ProviderTaskEvent.Succeeded e ->
                transitions
                        .succeed(e.generationId(), e.version(), e.assets())
                        .or(() -> transitions.attachLateResult(e.generationId(), e.version(), e.assets()));
            case ProviderTaskEvent.Failed e -> transitions.fail(e.generationId(), e.version(), e.error());
        };
    }

    private void tell(Generation generation) {
        publisher.publish(generation);
        LOG.infof(
                "generation %s: generationId=%s userId=%s version=%d progress=%s error=%s",
                generation.status().text(),
                generation.id(),
                generation.userId(),
                generation.version(),
                generation.progress().map(String::valueOf).orElse("-"),
                generation.error().map(Failure::code).orElse("-"));
        generation.finishedAt().ifPresent(finishedAt -> metrics.timer(
                        "reklamai.generations.finished",
                        "status",
                        generation.status().text(),
                        "modality",
                        generation.modality())
                .record(Duration.between(generation.createdAt(), finishedAt)));
    }
}
