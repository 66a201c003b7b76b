package ru.reklamai.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What the worker told the broker about its tasks. */
@ApplicationScoped
public class HeardEvents {

    private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();
    private final ObjectMapper json;

    HeardEvents(ObjectMapper json) {
        this.json = json;
    }

    @Incoming("heard")
    public void hear(byte[] message) throws IOException {
        events.add(json.readTree(message));
    }

    public List<JsonNode> of(UUID generationId) {
        return events.stream()
                .filter(event -> event.path("generationId").asText().equals(generationId.toString()))
                .toList();
    }
}
