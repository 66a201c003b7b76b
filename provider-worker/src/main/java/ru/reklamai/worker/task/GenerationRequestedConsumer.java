package ru.reklamai.worker.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.outbox.Traceparent;

/** Turns an order into a row, and no more: the loop does the work. */
@ApplicationScoped
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
        if (tasks.insert(event, Traceparent.current())) {
            LOG.infof(
                    "task taken: generationId=%s userId=%s model=%s",
                    event.generationId(), event.userId(), event.providerModel());
            loop.wake();
        }
    }
}
