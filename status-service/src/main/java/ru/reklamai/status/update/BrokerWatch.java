package ru.reklamai.status.update;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.NoOpMetricsCollector;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.vertx.rabbitmq.RabbitMQOptions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import ru.reklamai.status.connection.Connections;

/**
 * Notices a gap in the updates: whenever this instance begins to consume, what went before may have passed it by, so every
 * connection gets a fresh snapshot. The broker's client tells of that moment, and before the first new update; a look now
 * and then at whether there is a connection would miss short breaks, and come before the queue is there.
 */
@ApplicationScoped
class BrokerWatch implements ClientCustomizer<RabbitMQOptions> {

    private static final Logger LOG = Logger.getLogger(BrokerWatch.class);

    private final Connections connections;

    BrokerWatch(Connections connections) {
        this.connections = connections;
    }

    @Override
    public RabbitMQOptions customize(String channel, Config config, RabbitMQOptions options) {
        return options.setMetricsCollector(new NoOpMetricsCollector() {
            @Override
            public void basicConsume(Channel consuming, String consumerTag, boolean autoAck) {
                LOG.info("updates arrive from now on, refreshing every connection");
                connections.refreshAll();
            }
        });
    }
}
