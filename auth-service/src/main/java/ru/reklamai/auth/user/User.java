package ru.reklamai.auth.user;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.messaging.OutboxRow;
import ru.reklamai.kit.messaging.Traceparent;

/** @param email in lower case; of a deleted user one that nobody has */
public record User(
        UUID id,
        String email,
        String passwordHash,
        String fullName,
        String role,
        boolean emailVerified,
        boolean blocked,
        boolean deleted,
        Instant createdAt,
        int version)
        implements OutboxRow {

    /** A user who signs up now. */
    public static User signingUp(UUID id, String email, String passwordHash, String fullName) {
        return new User(id, email, passwordHash, fullName, "user", false, false, false, Instant.now(), 1);
    }

    /** The registering request's trace, as long as that request lasts. */
    @Override
    public Optional<String> traceparent() {
        return Traceparent.current();
    }
}
