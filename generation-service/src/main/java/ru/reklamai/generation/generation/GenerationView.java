package ru.reklamai.generation.generation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.generation.credit.Credits;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.kit.message.Messages;

/**
 * A generation as its creator and the members of its board see it.
 *
 * @param previewUrl of the thumbnail, works for an hour
 * @param error its message is in the language of the request
 */
public record GenerationView(
        UUID id,
        UUID userId,
        UUID boardId,
        UUID parentId,
        UUID batchId,
        boolean favourite,
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

    /** @param language of whoever reads it */
    public static GenerationView of(Generation generation, Storage storage, Locale language) {
        String previewUrl = generation
                .thumbnailPath()
                .map(path -> storage.thumbnailLink(path).url())
                .orElse(null);
        return new GenerationView(
                generation.id(),
                generation.userId(),
                generation.boardId(),
                generation.parentId().orElse(null),
                generation.batchId().orElse(null),
                generation.favourite(),
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
                generation
                        .error()
                        .map(error -> Messages.explain(language, error))
                        .orElse(null),
                generation.version(),
                generation.createdAt(),
                generation.updatedAt(),
                generation.finishedAt().orElse(null));
    }
}
