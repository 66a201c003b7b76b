package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The message that clients get over WebSocket and SSE: a generation's state at one version.
 *
 * @param id generationId and version joined by a colon: the same state always has the same id, so a repeat is known
 * @param queuePosition how many generations are ahead, while queued and if known
 * @param at when the state was committed; a client that reconnects sends its newest as {@code since}
 */
@RegisterForReflection
public record UserUpdate(
        @Schema(examples = "0197f0a4-7d2e-7b11-9c40-5f0e1d2c3b4a:4")
        String id,

        UUID generationId,
        @Schema(examples = "4") int version,

        @Schema(
                enumeration = {"queued", "processing", "succeeded", "failed", "cancelled"},
                examples = "succeeded")
        String status,

        @Schema(nullable = true, examples = "100") Integer progress,
        @Schema(nullable = true, examples = "3") Integer queuePosition,

        @Schema(nullable = true, examples = "https://s3.example.org/thumbnails/a.webp?X-Amz-Expires=3600")
        String previewUrl,

        @Schema(nullable = true) ErrorInfo error,
        @Schema(nullable = true, examples = "1.0") BigDecimal finalCredits,
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
