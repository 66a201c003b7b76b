package ru.reklamai.generation.generation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.generation.credit.Credits;

/** A generation as its owner sees it. */
public record GenerationView(
        UUID id,
        UUID boardId,
        String presetKey,
        String modelKey,
        String modality,
        String prompt,
        String negativePrompt,
        JsonNode input,
        String status,
        Integer progress,
        BigDecimal reservedCredits,
        BigDecimal finalCredits,
        String previewUrl,
        ErrorInfo error,
        int version,
        Instant createdAt,
        Instant updatedAt,
        Instant finishedAt) {

    static GenerationView of(Generation generation, String previewUrl) {
        return new GenerationView(
                generation.id(),
                generation.boardId(),
                generation.presetKey(),
                generation.modelKey(),
                generation.modality(),
                generation.prompt(),
                generation.negativePrompt().orElse(null),
                generation.input(),
                generation.status().text(),
                generation.progress().orElse(null),
                Credits.toDecimal(generation.reservedCredits()),
                generation.finalCredits().map(Credits::toDecimal).orElse(null),
                previewUrl,
                generation.error().orElse(null),
                generation.version(),
                generation.createdAt(),
                generation.updatedAt(),
                generation.finishedAt().orElse(null));
    }
}
