package ru.reklamai.auth.token;

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
    private final AuthConfig config;
    private final SecureRandom random = new SecureRandom();

    RefreshTokens(RefreshTokenRepository repository, AuthConfig config) {
        this.repository = repository;
        this.config = config;
    }

    /** @param refreshToken the next one; the old one is used up */
    public record Rotation(User user, String refreshToken) {}

    /** Returns the first refresh token of a new login. */
    public String startFamily(UUID userId) {
        String token = newToken();
        repository.insert(UuidCreator.getTimeOrderedEpoch(), userId, hash(token), expiry());
        return token;
    }

    /** Returns empty for a token that is unknown, used, revoked or expired. */
    public Optional<Rotation> rotate(String token) {
        String next = newToken();
        Optional<Rotation> rotation = repository
                .rotate(hash(token), UuidCreator.getTimeOrderedEpoch(), hash(next), expiry())
                .map(user -> new Rotation(user, next));
        if (rotation.isEmpty() && repository.revokeFamilyOf(hash(token)) > 0) {
            LOG.warn("refresh token used twice, its whole family is revoked");
        }
        return rotation;
    }

    /** Ends the login that the token belongs to; an unknown token changes nothing. */
    public void revoke(String token) {
        repository.revokeFamilyOf(hash(token));
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
