package ru.reklamai.generation.operations;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.rabbitmq.RabbitMQClient;
import io.vertx.mutiny.rabbitmq.RabbitMQMessage;
import io.vertx.rabbitmq.RabbitMQOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** What consumers could not apply, however often it was delivered: to be looked at, and sent on its way again. */
@ApplicationScoped
class DeadLetterQueues {

    private static final Logger LOG = Logger.getLogger(DeadLetterQueues.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String SUFFIX = ".dlq";
    private static final int SHOWN = 20;
    private static final int SHOWN_CHARACTERS = 2000;

    private final BrokerConfig config;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

    DeadLetterQueues(BrokerConfig config, Vertx vertx, MeterRegistry metrics) {
        this.config = config;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    public record DeadLetter(String type, String reason, String body) {}

    /** @param messages the oldest, at most twenty */
    public record DeadLetterQueue(String queue, long count, List<DeadLetter> messages) {}

    boolean isKnown(String queue) {
        return config.queues().contains(queue);
    }

    List<DeadLetterQueue> look() {
        return connected(client -> config.queues().stream()
                .map(queue -> new DeadLetterQueue(queue, count(client, queue), peek(client, queue)))
                .toList());
    }

    /** Sends the dead letters of one queue to it again; each leaves its dead letters only when the broker has it. */
    int replay(String queue) {
        return connected(client -> {
            client.confirmSelect().await().atMost(TIMEOUT);
            long waiting = count(client, queue);
            int replayed = 0;
            RabbitMQMessage message;
            while (replayed < waiting && (message = next(client, queue)) != null) {
                client.basicPublish("", queue, again(message.properties()), message.body())
                        .await()
                        .atMost(TIMEOUT);
                client.waitForConfirms(TIMEOUT.toMillis()).await().atMost(TIMEOUT);
                client.basicAck(message.envelope().getDeliveryTag(), false)
                        .await()
                        .atMost(TIMEOUT);
                replayed++;
            }
            LOG.infof("dead letters replayed: queue=%s messages=%d", queue, replayed);
            return replayed;
        });
    }

    @Scheduled(every = "30s", delayed = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void measure() {
        try {
            connected(client -> {
                config.queues().forEach(queue -> gauge(queue).set(count(client, queue)));
                return true;
            });
        } catch (RuntimeException e) {
            LOG.debugf("dead letters not counted: cause=%s", e);
        }
    }

    private AtomicLong gauge(String queue) {
        return gauges.computeIfAbsent(
                queue,
                name -> metrics.gauge("reklamai.dead.letters", List.of(Tag.of("queue", name)), new AtomicLong()));
    }

    private List<DeadLetter> peek(RabbitMQClient client, String queue) {
        List<DeadLetter> seen = new ArrayList<>();
        List<Long> tags = new ArrayList<>();
        RabbitMQMessage message;
        while (seen.size() < SHOWN && (message = next(client, queue)) != null) {
            tags.add(message.envelope().getDeliveryTag());
            seen.add(toDeadLetter(message));
        }
        tags.forEach(tag -> client.basicNack(tag, false, true).await().atMost(TIMEOUT));
        return seen;
    }

    /** Null when there is none. */
    private static RabbitMQMessage next(RabbitMQClient client, String queue) {
        return client.basicGet(queue + SUFFIX, false).await().atMost(TIMEOUT);
    }

    private static long count(RabbitMQClient client, String queue) {
        return client.messageCount(queue + SUFFIX).await().atMost(TIMEOUT);
    }

    private static DeadLetter toDeadLetter(RabbitMQMessage message) {
        String body = new String(message.body().getBytes(), StandardCharsets.UTF_8);
        Map<String, Object> headers = message.properties().getHeaders();
        return new DeadLetter(
                message.envelope().getRoutingKey(),
                headers == null ? "" : String.valueOf(headers.get("x-first-death-reason")),
                body.length() > SHOWN_CHARACTERS ? body.substring(0, SHOWN_CHARACTERS) + "…" : body);
    }

    /** The same message without the marks of its death, so that it gets all of its deliveries again. */
    private static BasicProperties again(BasicProperties dead) {
        Map<String, Object> headers = new HashMap<>(dead.getHeaders() == null ? Map.of() : dead.getHeaders());
        headers.keySet().removeIf(name -> name.startsWith("x-"));
        return new AMQP.BasicProperties.Builder()
                .contentType(dead.getContentType())
                .deliveryMode(2)
                .headers(headers)
                .build();
    }

    /** A connection for the work alone: it is seldom needed. */
    private <T> T connected(Function<RabbitMQClient, T> work) {
        RabbitMQClient client = RabbitMQClient.create(
                vertx,
                new RabbitMQOptions()
                        .setHost(config.host())
                        .setPort(config.port())
                        .setUser(config.username())
                        .setPassword(config.password())
                        .setVirtualHost(config.virtualHost())
                        .setReconnectAttempts(0)
                        .setAutomaticRecoveryEnabled(false));
        try {
            client.start().await().atMost(TIMEOUT);
            return work.apply(client);
        } finally {
            client.stop().subscribe().with(done -> {}, failure -> LOG.debugf("already closed: cause=%s", failure));
        }
    }
}
