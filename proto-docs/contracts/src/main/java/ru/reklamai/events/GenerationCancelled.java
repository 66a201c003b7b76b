package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * The owner waits no longer: what isn't submitted must not be, what runs at the provider is watched to its end for the
 * accounts. Names the task in full, since it may overtake {@link GenerationRequested}.
 *
 * @param resultWanted false where the credits went back: then the result is not the owner's
 */
@RegisterForReflection
public record GenerationCancelled(
        UUID id,
        String type,
        int version,
        Instant occurredAt,
        UUID generationId,
        UUID userId,
        ProviderFamily family,
        String providerModel,
        String modality,
        boolean resultWanted) {

    public static final String TYPE = "generation.cancelled";
}
