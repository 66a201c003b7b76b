package ru.reklamai.auth.user;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.auth.session.Account;
import ru.reklamai.kit.messaging.OutboxRow;
import ru.reklamai.kit.messaging.Traceparent;

/**
 * @param email in lower case; of a deleted user one that nobody has
 * @param traceparent of the request in which the row was made or read
 */
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
        int version,
        Optional<String> traceparent)
        implements OutboxRow {

    static User signingUp(String email, String passwordHash, String fullName) {
        return new User(
                UuidCreator.getTimeOrderedEpoch(),
                email,
                passwordHash,
                fullName,
                "user",
                false,
                false,
                false,
                Instant.now(),
                1,
                Traceparent.current());
    }

    Account account() {
        return new Account(id, email, role);
    }
}
