package ru.reklamai.auth.session;

import java.util.UUID;

/**
 * A session at the moment when it gets a new refresh token.
 *
 * @param sessionId the family that the token belongs to
 * @param refreshToken works once
 */
public record Issued(Account account, UUID sessionId, String refreshToken) {}
