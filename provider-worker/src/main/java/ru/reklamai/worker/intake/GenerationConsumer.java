package ru.reklamai.worker.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import ru.reklamai.events.GenerationCancelled;
import ru.reklamai.events.GenerationQueried;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.kit.messaging.Inbox;
import ru.reklamai.kit.messaging.Traceparent;
import ru.reklamai.worker.loop.WorkerLoop;
import ru.reklamai.worker.task.OrderRepository;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.ProviderTaskRepository;
import ru.reklamai.worker.task.TaskPublisher;

/** Writes orders and cancellations down, and no more: the loop does the work. A repeat changes nothing. */
@ApplicationScoped
class GenerationConsumer {

    private static final Logger LOG = Logger.getLogger(GenerationConsumer.class);

    private final OrderRepository orders;
    private final ProviderTaskRepository tasks;
    private final TaskPublisher publisher;
    private final WorkerLoop loop;
    private final ObjectMapper json;

    GenerationConsumer(
            OrderRepository orders,
            ProviderTaskRepository tasks,
            TaskPublisher publisher,
            WorkerLoop loop,
            ObjectMapper json) {
        this.orders = orders;
        this.tasks = tasks;
        this.publisher = publisher;
        this.loop = loop;
        this.json = json;
    }

    @Incoming("generation-requested")
    @RunOnVirtualThread
    public void onGenerationRequested(byte[] message) throws IOException {
        takeOrder(json.readValue(message, GenerationRequested.class));
    }

    /** An order that never arrived is taken; else our last word may not have arrived, so it is said again. */
    @Incoming("generation-queried")
    @RunOnVirtualThread
    public void onGenerationQueried(byte[] message) throws IOException {
        GenerationQueried event = json.readValue(message, GenerationQueried.class);
        if (!takeOrder(event.order())) {
            Inbox.withRetry(() -> tasks.find(event.generationId()))
                    .filter(ProviderTask::hasNews)
                    .ifPresent(publisher::publish);
        }
    }

    @Incoming("generation-cancelled")
    @RunOnVirtualThread
    public void onGenerationCancelled(byte[] message) throws IOException {
        GenerationCancelled event = json.readValue(message, GenerationCancelled.class);
        boolean cancelled = Inbox.withRetry(() -> orders.cancelled(event));
        LOG.infof(
                "cancellation received: generationId=%s userId=%s inTime=%s",
                event.generationId(), event.userId(), cancelled);
        loop.wake();
    }

    private boolean takeOrder(GenerationRequested order) {
        Optional<String> traceparent = Traceparent.current();
        boolean taken = Inbox.withRetry(() -> orders.requested(order, traceparent));
        if (taken) {
            LOG.infof(
                    "task taken: generationId=%s userId=%s model=%s",
                    order.generationId(), order.userId(), order.providerModel());
            loop.wake();
        }
        return taken;
    }
}
