package ru.reklamai.auth.session;

import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;
import ru.reklamai.auth.AuthConfig;
import ru.reklamai.kit.session.SessionKeys;

/**
 * Ends access tokens before their time: the gateway refuses those of a user or a session that were issued before the
 * second that Redis holds for it. Without Redis they end on their own, fifteen minutes later at the latest.
 */
@ApplicationScoped
public class Revocations {

    private static final Logger LOG = Logger.getLogger(Revocations.class);

    private final RedisDataSource redis;
    private final Duration accessTokenLifetime;

    Revocations(RedisDataSource redis, AuthConfig config) {
        this.redis = redis;
        this.accessTokenLifetime = config.accessTokenLifetime();
    }

    /** Refuses what was issued up to now; a session or a login that is made after this works. */
    public void endTokensOf(UUID userOrSession) {
        write(userOrSession, Instant.now().getEpochSecond());
    }

    /** Refuses also what is issued in this second, for a user or a session that must not come back. */
    public void shutOut(UUID userOrSession) {
        write(userOrSession, Instant.now().getEpochSecond() + 1);
    }

    public void allow(UUID userOrSession) {
        safely(userOrSession, () -> redis.key().del(SessionKeys.revoked(userOrSession)));
    }

    private void write(UUID userOrSession, long second) {
        safely(userOrSession, () -> redis.value(String.class)
                .setex(SessionKeys.revoked(userOrSession), lifetimeSeconds(), String.valueOf(second)));
    }

    private long lifetimeSeconds() {
        return accessTokenLifetime.toSeconds() + 1;
    }

    private static void safely(UUID userOrSession, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warnf("access tokens go on until they end: userOrSession=%s cause=%s", userOrSession, e);
        }
    }
}
