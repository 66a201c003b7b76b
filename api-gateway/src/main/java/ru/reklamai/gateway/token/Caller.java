package ru.reklamai.gateway.token;

import java.time.Instant;
import java.util.Optional;

/**
 * Who sends a request, by a token that was found right.
 *
 * @param session the login that the token comes from
 */
public record Caller(String userId, Optional<String> session, Instant issuedAt, Instant expiresAt)
        implements Identity {}
