package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A generation as its owner sees it after a change: the whole state, never a difference, so that a reader may skip any
 * but the newest version.
 *
 * @param status queued, processing, succeeded, failed or cancelled
 * @param progress 0 to 100, absent when the provider tells none
 * @param previewUrl a presigned address of the thumbnail, valid for an hour
 * @param finalCredits what the generation cost, at most two decimals, once it has ended
 */
@RegisterForReflection
public record GenerationUpdated(
        UUID id,
        String type,
        int version,
        Instant occurredAt,
        UUID generationId,
        UUID userId,
        String status,
        Integer progress,
        String previewUrl,
        Failure error,
        BigDecimal finalCredits) {

    public static final String TYPE = "generation.updated";
}
