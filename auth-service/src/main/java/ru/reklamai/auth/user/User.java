package ru.reklamai.auth.user;

import java.util.Optional;
import java.util.UUID;
import ru.reklamai.messaging.OutboxRow;
import ru.reklamai.messaging.Traceparent;

/** @param email in lower case */
public record User(UUID id, String email, String passwordHash, String fullName, String role, int version)
        implements OutboxRow {

    /** The registering request's trace, as long as that request lasts. */
    @Override
    public Optional<String> traceparent() {
        return Traceparent.current();
    }
}
