package ru.reklamai.status.update;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import ru.reklamai.events.GenerationUpdated;
import ru.reklamai.status.connection.Connections;

/** Hands each update from the broker to the owner's connections on this instance. */
@ApplicationScoped
class UpdateConsumer {

    private static final Logger LOG = Logger.getLogger(UpdateConsumer.class);

    private final Connections connections;
    private final ObjectReader events;
    private final Timer delay;

    UpdateConsumer(Connections connections, ObjectMapper json, MeterRegistry metrics) {
        this.connections = connections;
        // A newer generation-service may tell more than this version knows.
        this.events =
                json.readerFor(GenerationUpdated.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        this.delay = Timer.builder("reklamai.push.delay")
                .description("From a change's commit until it is handed to the sockets")
                .publishPercentiles(0.5, 0.99)
                .register(metrics);
    }

    /** What can't be used is dropped: the queue has no dead letters, and those that come after must not wait for it. */
    @Incoming("generation-updated")
    public void onGenerationUpdated(byte[] message) {
        try {
            GenerationUpdated event = events.readValue(message);
            connections.publish(event);
            delay.record(Duration.between(event.occurredAt(), Instant.now()));
        } catch (IOException | RuntimeException e) {
            LOG.error("an update can't be used and is dropped", e);
        }
    }
}
