package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** A user's account ended: every service erases what it holds of the person (152-FZ, article 21). */
@RegisterForReflection
public record UserDeleted(UUID id, String type, int version, Instant occurredAt, UUID userId) {

    public static final String TYPE = "user.deleted";
}
