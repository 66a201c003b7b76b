package ru.reklamai.auth.session;

import com.github.f4b6a3.uuid.UuidCreator;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.jboss.logging.Logger;
import ru.reklamai.auth.AuthConfig;

/**
 * Where users are logged in. Refresh tokens work once: each use gives the next one of the same family, and a second
 * use of an old one, a sign of theft, ends the session (RFC 9700, 4.14). A session that has ended can't be refreshed,
 * and its access tokens end with it.
 */
@ApplicationScoped
public class Sessions {

    private static final Logger LOG = Logger.getLogger(Sessions.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 32;

    private final SessionRepository repository;
    private final Revocations revocations;
    private final AuthConfig config;

    Sessions(SessionRepository repository, Revocations revocations, AuthConfig config) {
        this.repository = repository;
        this.revocations = revocations;
        this.config = config;
    }

    public Issued start(Account account, Device device) {
        String token = newToken();
        var first = stored(token, device);
        repository.start(account.userId(), first);
        return new Issued(account, first.id(), token);
    }

    public void endAll(UUID user) {
        closed(user, repository.endAllBut(user, Optional.empty()));
    }

    /** Returns empty for a token that is unknown, used, revoked or expired, and for a user who is blocked. */
    Optional<Issued> refresh(String token, Device device) {
        String next = newToken();
        Optional<Issued> issued = repository
                .rotate(hash(token), stored(next, device))
                .map(rotated -> new Issued(rotated.account(), rotated.sessionId(), next));
        if (issued.isEmpty()) {
            repository.endByToken(hash(token)).ifPresent(session -> {
                LOG.warnf("refresh token used twice, its session is ended: sessionId=%s", session);
                revocations.shutOut(session);
            });
        }
        return issued;
    }

    /** Ends the session that the token belongs to; an unknown token changes nothing. */
    void endByToken(String token) {
        repository.endByToken(hash(token)).ifPresent(revocations::shutOut);
    }

    /** Returns false if the user has no such session. */
    boolean end(UUID user, UUID session) {
        Optional<UUID> ended = repository.end(user, session);
        closed(user, ended.stream().toList());
        return ended.isPresent();
    }

    void endOthers(UUID user, UUID kept) {
        closed(user, repository.endAllBut(user, Optional.of(kept)));
    }

    List<Session> find(UUID user, UUID current) {
        return repository.find(user, current);
    }

    private void closed(UUID user, Collection<UUID> ended) {
        ended.forEach(revocations::shutOut);
        LOG.infof("sessions ended: userId=%s count=%d", user, ended.size());
    }

    private SessionRepository.NewToken stored(String token, Device device) {
        return new SessionRepository.NewToken(
                UuidCreator.getTimeOrderedEpoch(),
                hash(token),
                Instant.now().plus(config.refreshTokenLifetime()),
                device);
    }

    private static Buffer hash(String token) {
        return Buffer.buffer(DigestUtils.sha256(token));
    }

    /** Returns what nobody can guess. */
    static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
