package ru.reklamai.generation.generation;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import ru.reklamai.events.Failure;
import ru.reklamai.events.ProviderTaskEvent;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.message.MessageCode;

/** The worker's word on generations, for tests of what comes after it. */
@ApplicationScoped
public class ProviderEvents {

    private final ProviderTaskConsumer consumer;
    private final ObjectMapper json;

    ProviderEvents(ProviderTaskConsumer consumer, ObjectMapper json) {
        this.consumer = consumer;
        this.json = json;
    }

    public void succeeded(UUID generation, UUID user) {
        var asset = new StoredAsset(
                0, user + "/" + generation + "/0.png", "image/png", 10, 8, 8, null, user + "/" + generation + ".webp");
        tell(new ProviderTaskEvent.Succeeded(generation, 3, Instant.now(), generation, user, List.of(asset)));
    }

    public void failed(UUID generation, UUID user) {
        tell(new ProviderTaskEvent.Failed(
                generation, 2, Instant.now(), generation, user, Failure.of(MessageCode.PROVIDER_FAILED, "(too dark)")));
    }

    void tell(ProviderTaskEvent event) {
        try {
            consumer.onProviderTaskEvent(json.writeValueAsBytes(event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
