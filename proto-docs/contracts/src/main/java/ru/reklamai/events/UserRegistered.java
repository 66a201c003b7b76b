package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** A user signed up: other services create what belongs to a user. */
@RegisterForReflection
public record UserRegistered(
        UUID id, String type, int version, Instant occurredAt, UUID userId, String email, String fullName) {

    public static final String TYPE = "user.registered";
}
