package ru.reklamai.auth.session;

import java.util.UUID;
import ru.reklamai.auth.user.User;

/**
 * A session of a user at the moment when it gets a new refresh token.
 *
 * @param sessionId the family that the token belongs to
 * @param refreshToken works once
 */
public record Issued(User user, UUID sessionId, String refreshToken) {}
