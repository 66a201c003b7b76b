package ru.reklamai.e2e.faults;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes every few messages again, now or some seconds later: duplicates, and old news after new. */
final class Duplicator implements AutoCloseable {

    private static final List<String> QUEUES = List.of(
            "generation-service.users",
            "generation-service.provider-tasks",
            "provider-worker.requested",
            "provider-worker.cancelled");
    private static final String MARK = "duplicate";
    private static final double SHARE = 0.3;
    private static final int LONGEST_DELAY_MS = 4000;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong published = new AtomicLong();
    private final Connection connection;
    private final Channel channel;

    Duplicator(long seed) throws Exception {
        Random random = new Random(seed);
        var factory = new ConnectionFactory();
        factory.setUri(FaultStack.BROKER);
        factory.setAutomaticRecoveryEnabled(true);
        factory.setTopologyRecoveryEnabled(true);
        factory.setNetworkRecoveryInterval(500);
        connection = factory.newConnection();
        channel = connection.createChannel();
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, "reklamai", "#");
        DeliverCallback again = (tag, message) -> {
            Map<String, Object> headers = new HashMap<>(
                    message.getProperties().getHeaders() == null
                            ? Map.of()
                            : message.getProperties().getHeaders());
            if (headers.put(MARK, "yes") == null && random.nextDouble() < SHARE) {
                var properties =
                        message.getProperties().builder().headers(headers).build();
                String key = message.getEnvelope().getRoutingKey();
                var unused = clock.schedule(
                        () -> publish(key, properties, message.getBody()),
                        random.nextInt(LONGEST_DELAY_MS),
                        TimeUnit.MILLISECONDS);
            }
        };
        channel.basicConsume(queue, true, again, tag -> {});
    }

    private void publish(String key, AMQP.BasicProperties properties, byte[] body) {
        try {
            channel.basicPublish("reklamai", key, properties, body);
            published.incrementAndGet();
        } catch (IOException | RuntimeException e) {
            // The broker is being killed: one duplicate less.
            return;
        }
    }

    /** Returns how many messages no consumer could apply. */
    long deadLetters() throws IOException {
        long dead = 0;
        for (String queue : QUEUES) {
            dead += channel.queueDeclarePassive(queue + ".dlq").getMessageCount();
        }
        return dead;
    }

    long published() {
        return published.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        connection.abort();
    }
}
