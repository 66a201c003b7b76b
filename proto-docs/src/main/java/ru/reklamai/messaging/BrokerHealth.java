package ru.reklamai.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.rabbitmq.RabbitMQConnector;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * A service has started once it has reached the broker and declared its queues, so that nothing is sent to where nobody
 * listens yet. A broker that goes away later is no trouble of the service's, which goes on serving: were it told as
 * liveness or readiness, an orchestrator would end what works. Operators have the metric.
 */
@Startup
@ApplicationScoped
class BrokerHealth implements HealthCheck {

    private final RabbitMQConnector connector;
    private final AtomicBoolean reached = new AtomicBoolean();

    BrokerHealth(@Connector("smallrye-rabbitmq") RabbitMQConnector connector, MeterRegistry metrics) {
        this.connector = connector;
        metrics.gauge("reklamai.broker.connected", this, health -> health.isConnected() ? 1 : 0);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder()
                .name("Broker reached since the start")
                .status(reached.get() || isConnected())
                .build();
    }

    private boolean isConnected() {
        boolean connected = connector.getReadiness().isOk();
        if (connected) {
            reached.set(true);
        }
        return connected;
    }
}
