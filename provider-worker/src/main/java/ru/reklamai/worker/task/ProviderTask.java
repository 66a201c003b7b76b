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
import ru.reklamai.events.Failure;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.kit.messaging.OutboxRow;

/**
 * A provider task as it is stored.
 *
 * @param setbacks failed attempts in a row at the present step
 * @param notFound how many times in a row the provider did not know the task
 * @param deadlinePassed the generation has failed for its owner; the task is watched on
 * @param cancelled the owner waits no longer; the task is watched on
 * @param resultWanted false where the outcome is only accounted for
 * @param leaseId present while a worker has the task in hand
 * @param callbacks received so far
 */
public record ProviderTask(
        UUID generationId,
        UUID userId,
        ProviderFamily family,
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
        Optional<Failure> error,
        Instant deadlineAt,
        boolean deadlinePassed,
        boolean cancelled,
        boolean resultWanted,
        Optional<UUID> leaseId,
        int callbacks,
        int version,
        Optional<String> traceparent,
        Optional<Instant> submittedAt,
        Instant createdAt,
        Instant updatedAt)
        implements OutboxRow {

    /** The states; README.md beside this file shows what leads from one to another. */
    public enum Status {
        PENDING,
        SUBMITTING,
        RUNNING,
        DELIVERING,
        SUCCEEDED,
        FAILED;

        public String text() {
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

    public boolean hasEnded() {
        return status == Status.SUCCEEDED || status == Status.FAILED;
    }

    /** Returns where its files and thumbnails are. */
    public Set<String> paths() {
        return assets.stream()
                .flatMap(asset -> Stream.of(asset.path(), asset.thumbnailPath()))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there has been anything yet to tell its generation of. */
    public boolean hasNews() {
        return version > 0;
    }

    /** Returns how long KIE has had the task. */
    public Duration age() {
        return Duration.between(submittedAt.orElse(createdAt), Instant.now());
    }

    /** Whether the owner must be told now that it took too long. */
    public boolean isOverdue() {
        return !deadlinePassed && !cancelled && Instant.now().isAfter(deadlineAt);
    }

    /** Whether nobody waits for the task any more. */
    public boolean isAbandoned() {
        return deadlinePassed || cancelled;
    }
}
