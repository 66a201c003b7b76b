package ru.reklamai.worker.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.kit.messaging.OutboxRow;
import ru.reklamai.worker.kie.ResultFile;

/**
 * A provider task as it is stored.
 *
 * @param setbacks failed attempts in a row at the present step
 * @param deadlinePassed the generation has failed for its owner; the task is watched on
 * @param cancelled the owner waits no longer; the task is watched on
 * @param resultWanted false where the outcome is only accounted for
 * @param hints callbacks received so far
 */
record ProviderTask(
        UUID generationId,
        UUID userId,
        String family,
        String providerModel,
        String modality,
        Map<String, Object> input,
        List<InputFile> files,
        Status status,
        Optional<String> providerTaskId,
        int setbacks,
        int notFound,
        int deliveryAttempts,
        Optional<Integer> progress,
        List<ResultFile> results,
        List<StoredAsset> assets,
        Optional<ErrorInfo> error,
        Instant deadlineAt,
        boolean deadlinePassed,
        boolean cancelled,
        boolean resultWanted,
        UUID leaseId,
        int hints,
        int version,
        Optional<String> traceparent,
        Optional<Instant> submittedAt,
        Instant createdAt,
        Instant updatedAt)
        implements OutboxRow {

    /** The state machine; a task that ended never changes. */
    enum Status {
        PENDING,
        SUBMITTING,
        RUNNING,
        DELIVERING,
        SUCCEEDED,
        FAILED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** A generation has one provider task. */
    @Override
    public UUID id() {
        return generationId;
    }

    boolean hasEnded() {
        return status == Status.SUCCEEDED || status == Status.FAILED;
    }

    /** Returns where its files and thumbnails are. */
    Set<String> paths() {
        return assets.stream()
                .flatMap(asset -> Stream.of(asset.path(), asset.thumbnailPath()))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there was anything to tell of it yet. */
    boolean isToldOf() {
        return version > 0;
    }

    /** Returns how long KIE has had the task. */
    Duration age() {
        return Duration.between(submittedAt.orElse(createdAt), Instant.now());
    }

    /** Whether the owner must be told now that it took too long. */
    boolean isOverdue() {
        return !deadlinePassed && !cancelled && Instant.now().isAfter(deadlineAt);
    }

    /** Whether nobody waits for the task any more. */
    boolean isAbandoned() {
        return deadlinePassed || cancelled;
    }
}
