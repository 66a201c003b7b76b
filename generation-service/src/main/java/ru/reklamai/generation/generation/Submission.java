package ru.reklamai.generation.generation;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What became of an attempt to submit a generation. */
sealed interface Submission {

    record Accepted(UUID generationId, long reservedCredits, Instant deadlineAt) implements Submission {}

    /** The same request had been accepted before, under the same idempotency key. */
    record Replayed(UUID generationId, String status, long reservedCredits) implements Submission {}

    record KeyReused() implements Submission {}

    record UnknownUser() implements Submission {}

    record BoardNotFound() implements Submission {}

    record BoardReadOnly() implements Submission {}

    record InsufficientCredits() implements Submission {}

    /** @param credits the price in hundredths, to be reserved */
    record Draft(
            UUID id,
            UUID userId,
            Optional<UUID> boardId,
            String presetKey,
            String modelKey,
            String modality,
            String prompt,
            Optional<String> negativePrompt,
            String inputJson,
            ProviderRequest providerRequest,
            long credits,
            Optional<String> idempotencyKey,
            String requestHash,
            Optional<String> traceparent,
            long deadlineSeconds) {}
}
