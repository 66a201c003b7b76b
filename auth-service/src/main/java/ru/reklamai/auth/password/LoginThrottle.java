package ru.reklamai.auth.password;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.transactions.TransactionalRedisDataSource;
import io.quarkus.redis.datasource.value.SetArgs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.auth.AuthConfig;

/**
 * Slows down guessing: after too many wrong passwords for an account, or from an address, no more are looked at for a
 * while, be they right or wrong. Known and unknown accounts count alike. Without Redis nothing is counted here; the
 * gateway's own limit for an address holds even then.
 */
@ApplicationScoped
class LoginThrottle {

    private static final Logger LOG = Logger.getLogger(LoginThrottle.class);

    private final RedisDataSource redis;
    private final AuthConfig.Throttle config;

    LoginThrottle(RedisDataSource redis, AuthConfig config) {
        this.redis = redis;
        this.config = config.throttle();
    }

    /** Returns how long no password is to be looked at, empty if this one may be. */
    Optional<Duration> pauseFor(String account, String address) {
        try {
            Map<String, Integer> allowed = Map.of(
                    accountKey(account), config.failuresPerAccount(),
                    addressKey(address), config.failuresPerAddress());
            Map<String, Integer> failures =
                    redis.value(Integer.class).mget(allowed.keySet().toArray(String[]::new));
            return allowed.keySet().stream()
                    .filter(key -> failures.get(key) != null && failures.get(key) >= allowed.get(key))
                    .map(key -> Duration.ofMillis(redis.key().pttl(key)))
                    .filter(Duration::isPositive)
                    .max(Comparator.naturalOrder());
        } catch (RuntimeException e) {
            warn(e);
            return Optional.empty();
        }
    }

    void countFailure(String account, String address) {
        safely(() -> redis.withTransaction(transaction -> {
            countIn(transaction, accountKey(account));
            countIn(transaction, addressKey(address));
        }));
    }

    /** Forgets the account's failures: its owner is here. */
    void forget(String account) {
        safely(() -> redis.key().del(accountKey(account)));
    }

    /** The window begins with the first failure; in one transaction, so that no count can be left without its end. */
    private void countIn(TransactionalRedisDataSource transaction, String key) {
        var counts = transaction.value(Integer.class);
        counts.set(key, 0, new SetArgs().nx().px(config.window()));
        counts.incr(key);
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    private static void warn(RuntimeException failure) {
        LOG.warnf("Redis does not answer, wrong passwords are not counted: cause=%s", failure);
    }

    private static String accountKey(String account) {
        return "login:account:" + account;
    }

    private static String addressKey(String address) {
        return "login:address:" + address;
    }
}
