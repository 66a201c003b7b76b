package ru.reklamai.worker.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import ru.reklamai.events.GenerationRequested;

/** Turns an order into a row, and no more: the loop does the work. */
@ApplicationScoped
@RegisterForReflection(targets = {GenerationRequested.class, GenerationRequested.InputFile.class})
class GenerationRequestedConsumer {

    private static final Logger LOG = Logger.getLogger(GenerationRequestedConsumer.class);

    private final ProviderTaskRepository tasks;
    private final WorkerLoop loop;
    private final ObjectMapper json;

    GenerationRequestedConsumer(ProviderTaskRepository tasks, WorkerLoop loop, ObjectMapper json) {
        this.tasks = tasks;
        this.loop = loop;
        this.json = json;
    }

    @Incoming("generation-requested")
    @RunOnVirtualThread
    public void onGenerationRequested(byte[] message) throws IOException {
        GenerationRequested event = json.readValue(message, GenerationRequested.class);
        if (tasks.insert(event, currentTraceparent())) {
            LOG.infof(
                    "task taken: generationId=%s userId=%s model=%s",
                    event.generationId(), event.userId(), event.providerModel());
            loop.wake();
        }
    }

    private static Optional<String> currentTraceparent() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? Optional.of("00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex())
                : Optional.empty();
    }
}
