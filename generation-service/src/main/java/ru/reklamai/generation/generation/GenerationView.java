package ru.reklamai.generation.generation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
        @Schema(nullable = true) UUID parentId,
        @Schema(nullable = true) UUID batchId,
        boolean favourite,
        @Schema(examples = "image-gen") String presetKey,
        @Schema(examples = "google/nano-banana") String modelKey,

        @Schema(enumeration = {"image", "edit", "video", "audio"})
        String modality,

        @Schema(examples = "A cup of coffee, studio light") String prompt,
        @Schema(nullable = true, examples = "people, text") String negativePrompt,

        @Schema(examples = "{\"params\": {\"aspect_ratio\": \"1:1\"}}")
        JsonNode input,

        @Schema(
                enumeration = {"queued", "processing", "succeeded", "failed", "cancelled"},
                examples = "succeeded")
        String status,

        @Schema(nullable = true, examples = "100") Integer progress,
        @Schema(examples = "1.0") BigDecimal reservedCredits,
        @Schema(nullable = true, examples = "1.0") BigDecimal finalCredits,

        @Schema(nullable = true, examples = "https://s3.example.org/thumbnails/a.webp?X-Amz-Expires=3600")
        String previewUrl,

        @Schema(nullable = true) ErrorInfo error,
        @Schema(examples = "4") int version,
        Instant createdAt,
        Instant updatedAt,
        @Schema(nullable = true) Instant finishedAt) {

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
