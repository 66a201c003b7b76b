package ru.reklamai.status.update;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.rabbitmq.RabbitMQConnector;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;
import ru.reklamai.status.connection.Connections;

/** Notices a gap in the updates: when the broker is back after an outage every socket gets a fresh snapshot. */
@ApplicationScoped
class BrokerWatch {

    private static final Logger LOG = Logger.getLogger(BrokerWatch.class);
    private static final long INTERVAL_MS = 250;

    private final RabbitMQConnector connector;
    private final Connections connections;
    private boolean connected;

    BrokerWatch(@Connector("smallrye-rabbitmq") RabbitMQConnector connector, Connections connections) {
        this.connector = connector;
        this.connections = connections;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(INTERVAL_MS, timer -> look());
    }

    private void look() {
        boolean now = connector.getReadiness().isOk();
        if (now && !connected) {
            LOG.info("broker is there, refreshing every connection");
            connections.refreshAll();
        } else if (!now && connected) {
            LOG.warn("broker is gone, updates are delayed");
        }
        connected = now;
    }
}
