package ru.reklamai.worker.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import ru.reklamai.events.GenerationCancelled;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.kit.messaging.Inbox;
import ru.reklamai.kit.messaging.Traceparent;

/** Writes orders and cancellations down, and no more: the loop does the work. */
@ApplicationScoped
class GenerationConsumer {

    private static final Logger LOG = Logger.getLogger(GenerationConsumer.class);

    private final ProviderTaskRepository tasks;
    private final TaskPublisher publisher;
    private final WorkerLoop loop;
    private final ObjectMapper json;

    GenerationConsumer(ProviderTaskRepository tasks, TaskPublisher publisher, WorkerLoop loop, ObjectMapper json) {
        this.tasks = tasks;
        this.publisher = publisher;
        this.loop = loop;
        this.json = json;
    }

    @Incoming("generation-requested")
    @RunOnVirtualThread
    public void onGenerationRequested(byte[] message) throws IOException {
        GenerationRequested event = json.readValue(message, GenerationRequested.class);
        var traceparent = Traceparent.current();
        if (Inbox.withRetry(() -> tasks.insert(event, traceparent))) {
            LOG.infof(
                    "task taken: generationId=%s userId=%s model=%s",
                    event.generationId(), event.userId(), event.providerModel());
            loop.wake();
        } else {
            answerAgain(event);
        }
    }

    /** A repeated order is also how generation-service asks for word that it may have missed. */
    private void answerAgain(GenerationRequested event) {
        Inbox.withRetry(() -> tasks.find(event.generationId()))
                .filter(ProviderTask::isToldOf)
                .ifPresent(publisher::publish);
    }

    @Incoming("generation-cancelled")
    @RunOnVirtualThread
    public void onGenerationCancelled(byte[] message) throws IOException {
        GenerationCancelled event = json.readValue(message, GenerationCancelled.class);
        Inbox.withRetry(() -> {
            tasks.cancel(event);
            return true;
        });
        LOG.infof("task cancelled: generationId=%s userId=%s", event.generationId(), event.userId());
        loop.wake();
    }
}
