package ru.reklamai.generation.operations;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Direct access to the broker, for what the channels can't do: looking into queues. */
@ApplicationScoped
public class Broker {

    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Broker.class);

    private final RabbitMQOptions options;
    private final Vertx vertx;

    Broker(BrokerConfig config, Vertx vertx) {
        this.vertx = vertx;
        this.options = new RabbitMQOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setUser(config.username())
                .setPassword(config.password())
                .setVirtualHost(config.virtualHost())
                .setReconnectAttempts(0)
                .setAutomaticRecoveryEnabled(false);
    }

    /**
     * Returns whether consumers have taken everything that was sent to these queues.
     *
     * @throws BrokerException if the broker is away, or one of the queues has never been declared
     */
    public boolean areEmpty(List<String> queues) {
        return connected(client -> queues.stream().allMatch(queue -> count(client, queue) == 0));
    }

    /**
     * Does the work on a connection of its own: it is needed too seldom to keep one open.
     *
     * @throws BrokerException if the broker is away or refuses something
     */
    <T> T connected(Function<RabbitMQClient, T> work) {
        RabbitMQClient client = RabbitMQClient.create(vertx, options);
        try {
            client.start().await().atMost(TIMEOUT);
            return work.apply(client);
        } catch (RuntimeException e) {
            throw new BrokerException(e);
        } finally {
            client.stop().subscribe().with(done -> {}, failure -> LOG.debugf("already closed: cause=%s", failure));
        }
    }

    static long count(RabbitMQClient client, String queue) {
        return client.messageCount(queue).await().atMost(TIMEOUT);
    }
}
