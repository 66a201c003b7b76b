package ru.reklamai.generation.operations;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.rabbitmq.RabbitMQClient;
import io.vertx.mutiny.rabbitmq.RabbitMQMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;

/** Messages that no consumer could apply, however often they were delivered: admins inspect them and replay them. */
@ApplicationScoped
class DeadLetterQueues {

    private static final Logger LOG = Logger.getLogger(DeadLetterQueues.class);
    private static final String SUFFIX = ".dlq";
    private static final int SHOWN = 20;
    private static final int SHOWN_CHARACTERS = 2000;

    private final Broker broker;
    private final List<String> queues;
    private final MeterRegistry metrics;
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

    DeadLetterQueues(Broker broker, QueueConfig config, MeterRegistry metrics) {
        this.broker = broker;
        this.queues = config.names().values().stream().sorted().toList();
        this.metrics = metrics;
    }

    public record DeadLetter(
            @Schema(nullable = true, examples = "provider.task.succeeded")
            String type,

            @Schema(nullable = true, examples = "delivery_limit")
            String reason,

            @Schema(examples = "{\"type\": \"provider.task.succeeded\", \"version\": 1}")
            String body) {}

    /** @param messages the oldest, at most twenty */
    public record DeadLetterQueue(
            @Schema(examples = "generation-service.provider-tasks")
            String queue,

            @Schema(examples = "2") long count,
            List<DeadLetter> messages) {}

    boolean isKnown(String queue) {
        return queues.contains(queue);
    }

    List<DeadLetterQueue> list() {
        return broker.connected(client -> queues.stream()
                .map(queue -> new DeadLetterQueue(queue, count(client, queue), peek(client, queue)))
                .toList());
    }

    /** Sends the dead letters of one queue to it again, each deleted only after the broker has confirmed its copy. */
    int replay(String queue) {
        return broker.connected(client -> {
            client.confirmSelect().await().atMost(Broker.TIMEOUT);
            long waiting = count(client, queue);
            int replayed = 0;
            while (replayed < waiting && replayNext(client, queue)) {
                replayed++;
            }
            LOG.infof("dead letters replayed: queue=%s messages=%d", queue, replayed);
            return replayed;
        });
    }

    private static boolean replayNext(RabbitMQClient client, String queue) {
        Optional<RabbitMQMessage> next = next(client, queue);
        next.ifPresent(message -> {
            client.basicPublish("", queue, again(message.properties()), message.body())
                    .await()
                    .atMost(Broker.TIMEOUT);
            client.waitForConfirms(Broker.TIMEOUT.toMillis()).await().atMost(Broker.TIMEOUT);
            client.basicAck(message.envelope().getDeliveryTag(), false).await().atMost(Broker.TIMEOUT);
        });
        return next.isPresent();
    }

    @Scheduled(every = "30s", delayed = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void measure() {
        try {
            broker.connected(client -> {
                queues.forEach(queue -> gauge(queue).set(count(client, queue)));
                return true;
            });
        } catch (BrokerException e) {
            LOG.debugf("dead letters not counted: cause=%s", e);
        }
    }

    private AtomicLong gauge(String queue) {
        return gauges.computeIfAbsent(
                queue,
                name -> metrics.gauge("reklamai.dead.letters", List.of(Tag.of("queue", name)), new AtomicLong()));
    }

    /** Looks at the oldest and puts them back. */
    private List<DeadLetter> peek(RabbitMQClient client, String queue) {
        List<RabbitMQMessage> seen = new ArrayList<>();
        Optional<RabbitMQMessage> next = next(client, queue);
        while (next.isPresent()) {
            seen.add(next.get());
            next = seen.size() < SHOWN ? next(client, queue) : Optional.empty();
        }
        seen.forEach(message -> client.basicNack(message.envelope().getDeliveryTag(), false, true)
                .await()
                .atMost(Broker.TIMEOUT));
        return seen.stream().map(DeadLetterQueues::toDeadLetter).toList();
    }

    private static Optional<RabbitMQMessage> next(RabbitMQClient client, String queue) {
        return Optional.ofNullable(
                client.basicGet(queue + SUFFIX, false).await().atMost(Broker.TIMEOUT));
    }

    private static long count(RabbitMQClient client, String queue) {
        return Broker.count(client, queue + SUFFIX);
    }

    private static DeadLetter toDeadLetter(RabbitMQMessage message) {
        String body = new String(message.body().getBytes(), StandardCharsets.UTF_8);
        Map<String, Object> headers = message.properties().getHeaders();
        return new DeadLetter(
                message.envelope().getRoutingKey(),
                headers == null ? "" : String.valueOf(headers.get("x-first-death-reason")),
                body.length() > SHOWN_CHARACTERS ? body.substring(0, SHOWN_CHARACTERS) + "…" : body);
    }

    /** The same message without the headers of its death, so that it gets the full number of deliveries again. */
    private static BasicProperties again(BasicProperties dead) {
        Map<String, Object> headers = new HashMap<>(dead.getHeaders() == null ? Map.of() : dead.getHeaders());
        headers.keySet().removeIf(name -> name.startsWith("x-"));
        return new AMQP.BasicProperties.Builder()
                .contentType(dead.getContentType())
                .deliveryMode(2)
                .headers(headers)
                .build();
    }
}
