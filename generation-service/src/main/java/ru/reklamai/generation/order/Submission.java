package ru.reklamai.generation.order;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What became of an attempt to submit a generation. */
sealed interface Submission {

    /** @param generationIds the variants; the first stands for all of them */
    record Accepted(List<UUID> generationIds, long reservedCredits, Instant deadlineAt) implements Submission {}

    /** The same request had been accepted before, under the same idempotency key. */
    record Replayed(List<UUID> generationIds, long reservedCredits) implements Submission {}

    record UnknownUser() implements Submission {}

    /** Some file was not looked at yet, or is not the user's. */
    record UploadsNotReady() implements Submission {}

    record Refused(Reason reason) implements Submission {}

    enum Reason {
        KEY_REUSED,
        MAINTENANCE,
        PARENT_NOT_FOUND,
        BOARD_NOT_FOUND,
        BOARD_READ_ONLY,
        TOO_MANY_ACTIVE,
        TOO_MANY_TODAY,
        INSUFFICIENT
    }

    /**
     * A checked order.
     *
     * @param ids one for each variant
     * @param uploads the paths of the files that it uses, by the request's field
     * @param credits the price of one variant in hundredths, to be reserved
     */
    record Draft(
            List<UUID> ids,
            UUID userId,
            String role,
            Optional<UUID> boardId,
            Optional<UUID> parentId,
            String presetKey,
            String modelKey,
            String modality,
            String prompt,
            Optional<String> negativePrompt,
            String inputJson,
            ProviderRequest providerRequest,
            Map<String, String> uploads,
            long credits,
            Optional<String> idempotencyKey,
            String requestHash,
            Optional<String> traceparent,
            long deadlineSeconds) {}
}
