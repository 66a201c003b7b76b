package ru.reklamai.kit.health;

import io.smallrye.reactive.messaging.rabbitmq.RabbitMQConnector;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * Tells whether the broker is there. A service without it is ready all the same: what it has to tell waits in its rows,
 * and what it has to hear waits in the broker. A channel out of the service connects with its first message, and is taken
 * for connected until then.
 */
@Readiness
@ApplicationScoped
class BrokerReadiness implements HealthCheck {

    private final RabbitMQConnector connector;

    BrokerReadiness(@Connector("smallrye-rabbitmq") RabbitMQConnector connector) {
        this.connector = connector;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("RabbitMQ")
                .withData("connected", connector.getReadiness().isOk())
                .up()
                .build();
    }
}
