package ru.reklamai.auth.session;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import ru.reklamai.auth.AuthConfig;
import ru.reklamai.auth.user.User;

/**
 * Refresh tokens that work once: each use gives the next one of the same family, and a second use of an old one, a sign
 * of theft, ends the whole family (RFC 9700, 4.14).
 */
@ApplicationScoped
public class RefreshTokens {

    private static final Logger LOG = Logger.getLogger(RefreshTokens.class);
    private static final int TOKEN_BYTES = 32;

    private final RefreshTokenRepository repository;
    private final Revocations revocations;
    private final AuthConfig config;
    private final SecureRandom random = new SecureRandom();

    RefreshTokens(RefreshTokenRepository repository, Revocations revocations, AuthConfig config) {
        this.repository = repository;
        this.revocations = revocations;
        this.config = config;
    }

    /** Starts a session: a new login. */
    public Issued startFamily(User user, Device device) {
        String token = newToken();
        UUID id = UuidCreator.getTimeOrderedEpoch();
        repository.insert(id, user.id(), hash(token), expiry(), device);
        return new Issued(user, id, token);
    }

    /** Returns empty for a token that is unknown, used, revoked or expired, and for a user who is blocked. */
    public Optional<Issued> rotate(String token, Device device) {
        String next = newToken();
        Optional<Issued> issued = repository
                .rotate(hash(token), UuidCreator.getTimeOrderedEpoch(), hash(next), expiry(), device)
                .map(family -> new Issued(family.user(), family.sessionId(), next));
        if (issued.isEmpty()) {
            repository.revokeFamilyOf(hash(token)).ifPresent(session -> {
                LOG.warnf("refresh token used twice, its session is ended: sessionId=%s", session);
                revocations.shutOut(session);
            });
        }
        return issued;
    }

    /** Ends the session that the token belongs to; an unknown token changes nothing. */
    public void revoke(String token) {
        repository.revokeFamilyOf(hash(token)).ifPresent(revocations::shutOut);
    }

    private Instant expiry() {
        return Instant.now().plus(config.refreshTokenLifetime());
    }

    private String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
