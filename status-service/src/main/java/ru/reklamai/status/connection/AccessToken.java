package ru.reklamai.status.connection;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** A token whose signature has been checked. */
record AccessToken(String raw, UUID userId, Instant expiresAt) {

    static AccessToken of(JsonWebToken token) {
        return new AccessToken(
                token.getRawToken(),
                UUID.fromString(token.getSubject()),
                Instant.ofEpochSecond(token.getExpirationTime()));
    }
}
