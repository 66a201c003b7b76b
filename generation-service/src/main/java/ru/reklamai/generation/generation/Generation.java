package ru.reklamai.generation.generation;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.Failure;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.kit.messaging.OutboxRow;

/**
 * A generation as it is stored. Credits are in hundredths.
 *
 * @param parentId the one that this was made from, with changes
 * @param batchId the first of the variants that were ordered together
 */
public record Generation(
        UUID id,
        UUID userId,
        UUID boardId,
        Optional<UUID> parentId,
        Optional<UUID> batchId,
        boolean favourite,
        String presetKey,
        String modelKey,
        String modality,
        String prompt,
        Optional<String> negativePrompt,
        JsonNode input,
        ProviderRequest providerRequest,
        Status status,
        Optional<Integer> progress,
        long reservedCredits,
        Optional<Long> finalCredits,
        Optional<Failure> error,
        Optional<String> thumbnailPath,
        int version,
        Optional<String> traceparent,
        Instant deadlineAt,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> finishedAt)
        implements OutboxRow {

    /** What the provider is asked for, frozen with the price when the generation is accepted. */
    @RegisterForReflection
    public record ProviderRequest(
            ProviderFamily family, String providerModel, Map<String, Object> input, List<InputFile> files) {}
}
