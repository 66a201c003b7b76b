package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * The message that clients get over WebSocket and SSE: a generation's state at one version.
 *
 * @param id generationId and version joined by a colon: the same state always has the same id, so a repeat is known
 * @param queuePosition how many generations are ahead, while queued and if known
 * @param at when the state was committed; a client that reconnects sends its newest as {@code since}
 */
@RegisterForReflection
public record UserUpdate(
        String id,
        UUID generationId,
        int version,
        String status,
        Integer progress,
        Integer queuePosition,
        String previewUrl,
        ErrorInfo error,
        BigDecimal finalCredits,
        Instant at) {

    public static String idOf(UUID generationId, int version) {
        return generationId + ":" + version;
    }

    /** @param error the event's failure in the reader's language, null where there is none */
    public static UserUpdate of(GenerationUpdated event, ErrorInfo error) {
        return new UserUpdate(
                idOf(event.generationId(), event.version()),
                event.generationId(),
                event.version(),
                event.status(),
                event.progress(),
                null,
                event.previewUrl(),
                error,
                event.finalCredits(),
                event.occurredAt());
    }
}
