package ru.reklamai.kit.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/**
 * Tells the broker of committed changes, each at least once: at once where it can, else by the sweep. Nothing is sent
 * that isn't committed, nothing committed stays unsent, and whoever commits never waits for the broker nor fails because
 * of it. A row whose events can't be made is logged, counted ({@code reklamai.outbox.unrenderable}, to be alarmed on) and
 * passed over until it changes or the service restarts, so that it holds up no other. The owner of an outbox must exist
 * from the start of the service, since the sweep goes with it.
 *
 * @param <T> the row whose events these are
 */
public final class Outbox<T extends OutboxRow> {

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_UNCONFIRMED = 500;

    private final MutinyEmitter<byte[]> channel;
    private final Table<T> table;
    private final Function<T, List<Event>> eventsOf;
    private final ObjectMapper json;
    private final AtomicInteger unconfirmed;
    /** The versions that are on their way, until they are stamped: the sweep must not send them a second time. */
    private final UnderWay underWay = new UnderWay();
    /** The versions of rows whose events can't be made. */
    private final Map<UUID, Integer> unrenderable = new ConcurrentHashMap<>();

    /** A row's events, ready to go out. */
    private record Rendered(UUID id, int version, List<Message<byte[]>> messages) {}

    /** What the outbox asks of the table that holds the rows. */
    public interface Table<T> {

        /**
         * Returns rows that have lagged for more than two seconds, the oldest first, at most a few hundred.
         *
         * @param passedOver rows to leave out
         */
        List<T> findUnpublished(Collection<UUID> passedOver);

        /** Raises the published versions; one that is there already is never lowered. */
        void markPublished(List<UUID> ids, List<Integer> versions);
    }

    /** @param type is also the routing key */
    public record Event(String type, Object body) {

        /** Returns it ready to go out, in the trace of the request that it follows from, whoever sends it and when. */
        public Message<byte[]> toMessage(ObjectMapper json, Optional<String> traceparent)
                throws JsonProcessingException {
            var metadata = OutgoingRabbitMQMetadata.builder()
                    .withRoutingKey(type)
                    .withContentType("application/json")
                    .withDeliveryMode(2)
                    .build();
            var trace = TracingMetadata.withCurrent(Traceparent.contextOf(traceparent));
            return Message.of(json.writeValueAsBytes(body), Metadata.of(metadata, trace));
        }
    }

    /**
     * @param name of the rows, for jobs and metrics
     * @param eventsOf makes a row's events, perhaps none, from the row alone, so that they can be made again
     */
    public Outbox(
            String name,
            MutinyEmitter<byte[]> channel,
            Table<T> table,
            Function<T, List<Event>> eventsOf,
            ObjectMapper json,
            Scheduler scheduler,
            MeterRegistry metrics) {
        this.channel = channel;
        this.table = table;
        this.eventsOf = eventsOf;
        this.json = json;
        this.unconfirmed = metrics.gauge("reklamai.outbox.unconfirmed", Tags.of("rows", name), new AtomicInteger());
        metrics.gaugeMapSize("reklamai.outbox.unrenderable", Tags.of("rows", name), unrenderable);
        schedule(scheduler, name + "-sweep", "2s", this::sweep);
        schedule(scheduler, name + "-stamp", "1s", this::stampConfirmed);
    }

    private static void schedule(Scheduler scheduler, String name, String every, Runnable work) {
        scheduler
                .newJob(name)
                .setInterval(every)
                .setDelayed("2s")
                .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
                .setTask(execution -> work.run(), true)
                .schedule();
    }

    /** Never waits and never fails: what can't go out now goes out with the sweep. */
    public void publish(T row) {
        if (unconfirmed.incrementAndGet() > MAX_UNCONFIRMED) {
            unconfirmed.decrementAndGet();
            return;
        }
        // On another thread, so that a request that is about to be answered doesn't wait for the rendering.
        Uni.createFrom()
                .deferred(() -> send(render(row)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onTermination()
                .invoke(unconfirmed::decrementAndGet)
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf(
                                "not published, the sweep will try again: id=%s version=%d cause=%s",
                                row.id(), row.version(), failure));
    }

    /** Publishes all that lags, page by page, until there is nothing left or the broker doesn't take it. */
    private void sweep() {
        try {
            boolean taken = true;
            while (taken) {
                List<T> lagging = table.findUnpublished(passedOver());
                taken = !lagging.isEmpty() && sendAll(lagging);
                stamp();
            }
        } catch (RuntimeException e) {
            LOG.warnf("the outbox could not be swept, the next sweep goes on: cause=%s", e);
        }
    }

    private Set<UUID> passedOver() {
        Set<UUID> ids = new HashSet<>(unrenderable.keySet());
        ids.addAll(underWay.ids());
        return ids;
    }

    /** Writes down what the broker has confirmed, in batches. */
    private void stampConfirmed() {
        try {
            stamp();
        } catch (RuntimeException e) {
            LOG.warnf("what was published could not be stamped and goes out again: cause=%s", e);
        }
    }

    private void stamp() {
        underWay.stamp(table::markPublished);
    }

    private boolean sendAll(List<T> rows) {
        List<Uni<Void>> sent = new ArrayList<>();
        for (T row : rows) {
            try {
                sent.add(send(render(row)));
            } catch (UnrenderableException e) {
                LOG.debugf("passed over by the sweep: id=%s", row.id());
            }
        }
        if (sent.isEmpty()) {
            return true;
        }
        try {
            Uni.join().all(sent).andFailFast().await().atMost(CONFIRM_TIMEOUT);
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("the broker takes no events, they wait: rows=%d cause=%s", rows.size(), e);
            return false;
        }
    }

    private Uni<Void> send(Rendered row) {
        underWay.begin(row.id(), row.version());
        List<Uni<Void>> messages =
                row.messages().stream().map(channel::sendMessage).toList();
        Uni<?> all = messages.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(messages)
                        .andFailFast()
                        .ifNoItem()
                        .after(CONFIRM_TIMEOUT)
                        .fail();
        return all.invoke(() -> underWay.confirm(row.id(), row.version()))
                .onTermination()
                .invoke((item, failure, isCancelled) -> {
                    if (failure != null || isCancelled) {
                        underWay.giveUp(row.id(), row.version());
                    }
                })
                .replaceWithVoid();
    }

    private Rendered render(T row) {
        try {
            List<Message<byte[]>> messages = new ArrayList<>();
            for (Event event : eventsOf.apply(row)) {
                messages.add(event.toMessage(json, row.traceparent()));
            }
            unrenderable.remove(row.id());
            return new Rendered(row.id(), row.version(), messages);
        } catch (JsonProcessingException | RuntimeException e) {
            Integer known = unrenderable.put(row.id(), row.version());
            if (known == null || known != row.version()) {
                LOG.errorf(
                        e,
                        "the row's events can't be made, a person must look: id=%s version=%d",
                        row.id(),
                        row.version());
            }
            throw new UnrenderableException(e);
        }
    }

    private static final class UnrenderableException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UnrenderableException(Throwable cause) {
            super(cause);
        }
    }
}
