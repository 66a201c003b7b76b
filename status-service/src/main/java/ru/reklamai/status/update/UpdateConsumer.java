package ru.reklamai.status.update;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import ru.reklamai.events.GenerationUpdated;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.status.connection.Connections;

/** Hands each update from the broker to the owner's connections on this instance. */
@ApplicationScoped
class UpdateConsumer {

    private static final Logger LOG = Logger.getLogger(UpdateConsumer.class);

    private final Connections connections;
    private final ObjectMapper json;
    private final Timer delay;

    UpdateConsumer(Connections connections, ObjectMapper json, MeterRegistry metrics) {
        this.connections = connections;
        this.json = json;
        this.delay = Timer.builder("reklamai.push.delay")
                .description("From a change's commit until it is handed to the sockets")
                .publishPercentiles(0.5, 0.99)
                .register(metrics);
    }

    @Incoming("generation-updated")
    public void onGenerationUpdated(byte[] message) {
        try {
            GenerationUpdated event = json.readValue(message, GenerationUpdated.class);
            connections.publish(event.userId(), UserUpdate.of(event));
            delay.record(Duration.between(event.occurredAt(), Instant.now()));
        } catch (IOException e) {
            LOG.errorf("update can't be read and is dropped: cause=%s", e);
        }
    }
}
