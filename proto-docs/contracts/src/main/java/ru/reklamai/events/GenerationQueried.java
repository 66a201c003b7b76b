package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * Nothing was heard of a generation for a while, so a message may have been lost. The provider-worker answers with its
 * last word, or takes the order if that never arrived.
 *
 * @param version of the generation
 * @param order as it was when the generation was requested
 */
@RegisterForReflection
public record GenerationQueried(
        UUID id,
        String type,
        int version,
        Instant occurredAt,
        UUID generationId,
        UUID userId,
        GenerationRequested order) {

    public static final String TYPE = "generation.queried";
}
