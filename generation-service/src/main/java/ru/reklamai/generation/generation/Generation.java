package ru.reklamai.generation.generation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.ErrorInfo;
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
        Optional<ErrorInfo> error,
        Optional<String> thumbnailPath,
        int version,
        int publishedVersion,
        Optional<String> traceparent,
        Instant deadlineAt,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> finishedAt)
        implements OutboxRow {

    /** The state machine: queued, processing, then one of the three ends; the database refuses to leave an end. */
    public enum Status {
        QUEUED,
        PROCESSING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Status of(String text) {
            return valueOf(text.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** Whether the broker has confirmed all there is to tell. */
    boolean isPublished() {
        return publishedVersion == version;
    }
}
