package ru.reklamai.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What became of a provider task. Each event carries all that its reader needs at this version; a reader drops versions
 * that aren't newer than the one it has.
 */
@RegisterForReflection(
        targets = {
            ProviderTaskEvent.Submitted.class,
            ProviderTaskEvent.Progressed.class,
            ProviderTaskEvent.Succeeded.class,
            ProviderTaskEvent.Failed.class,
            ProviderTaskEvent.StoredAsset.class
        })
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProviderTaskEvent.Submitted.class, name = ProviderTaskEvent.Submitted.TYPE),
    @JsonSubTypes.Type(value = ProviderTaskEvent.Progressed.class, name = ProviderTaskEvent.Progressed.TYPE),
    @JsonSubTypes.Type(value = ProviderTaskEvent.Succeeded.class, name = ProviderTaskEvent.Succeeded.TYPE),
    @JsonSubTypes.Type(value = ProviderTaskEvent.Failed.class, name = ProviderTaskEvent.Failed.TYPE)
})
public sealed interface ProviderTaskEvent {

    UUID id();

    int version();

    Instant occurredAt();

    UUID generationId();

    UUID userId();

    String type();

    /** The provider took the task. */
    record Submitted(UUID id, int version, Instant occurredAt, UUID generationId, UUID userId)
            implements ProviderTaskEvent {
        public static final String TYPE = "provider.task.submitted";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** @param progress 0 to 100 */
    record Progressed(UUID id, int version, Instant occurredAt, UUID generationId, UUID userId, int progress)
            implements ProviderTaskEvent {
        public static final String TYPE = "provider.task.progressed";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The result files are stored. After a failure by deadline this still comes: a late result is the user's, free. */
    record Succeeded(UUID id, int version, Instant occurredAt, UUID generationId, UUID userId, List<StoredAsset> assets)
            implements ProviderTaskEvent {
        public static final String TYPE = "provider.task.succeeded";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Nothing will come, or not before the deadline: the user gets the credits back. */
    record Failed(UUID id, int version, Instant occurredAt, UUID generationId, UUID userId, Failure error)
            implements ProviderTaskEvent {
        public static final String TYPE = "provider.task.failed";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * A file in the bucket {@code outputs}.
     *
     * @param position from 0, in the provider's order
     * @param thumbnailPath in the bucket {@code thumbnails}, absent for sound
     * @param durationMs of video and sound
     */
    record StoredAsset(
            int position,
            String path,
            String contentType,
            long sizeBytes,
            Integer width,
            Integer height,
            Long durationMs,
            String thumbnailPath) {}
}
