package ru.reklamai.worker.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.outbox.OutboxRow;

/** A provider task as it is stored. */
record ProviderTask(
        UUID generationId,
        UUID userId,
        String providerModel,
        String modality,
        Map<String, Object> input,
        List<InputFile> files,
        Status status,
        Optional<String> providerTaskId,
        int submissions,
        int setbacks,
        int notFound,
        Optional<Integer> progress,
        List<String> resultUrls,
        List<StoredAsset> assets,
        Optional<ErrorInfo> error,
        Instant deadlineAt,
        boolean deadlinePassed,
        UUID leaseId,
        int hints,
        int version,
        Optional<String> traceparent,
        Optional<Instant> submittedAt,
        Instant createdAt,
        Instant updatedAt)
        implements OutboxRow {

    /** A generation has one provider task. */
    @Override
    public UUID id() {
        return generationId;
    }

    /** The state machine; a task that ended never changes. */
    enum Status {
        PENDING,
        SUBMITTING,
        RUNNING,
        DELIVERING,
        SUCCEEDED,
        FAILED;

        static Status of(String text) {
            return valueOf(text.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** Returns how long KIE has had the task. */
    Duration age() {
        return Duration.between(submittedAt.orElse(createdAt), Instant.now());
    }

    boolean isOverdue() {
        return !deadlinePassed && Instant.now().isAfter(deadlineAt);
    }
}
