package ru.reklamai.events;

import java.time.Instant;
import java.util.UUID;

/** A user signed up: other services create what belongs to a user. */
public record UserRegistered(
        UUID id, String type, int version, Instant occurredAt, UUID userId, String email, String fullName) {

    public static final String TYPE = "user.registered";
}
