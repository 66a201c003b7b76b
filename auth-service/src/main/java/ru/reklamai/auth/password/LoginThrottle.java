package ru.reklamai.auth.password;

import ru.reklamai.message.MessageCode;

import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import ru.reklamai.auth.AuthConfig;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;

/**
 * Slows down guessing: after too many wrong passwords for an account, or from an address, no more are looked at for a
 * while, be they right or wrong. Known and unknown accounts count alike. Without Redis nothing is counted here; the
 * gateway's own limit for an address holds even then.
 */
@ApplicationScoped
public class LoginThrottle {

    private static final Logger LOG = Logger.getLogger(LoginThrottle.class);

    private static final String COUNT = """
            local count = redis.call('INCR', KEYS[1])
            if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
            return count
            """;

    private static final String READ =
            "return (redis.call('GET', KEYS[1]) or '0') .. ':' .. redis.call('PTTL', KEYS[1])";

    private final RedisDataSource redis;
    private final AuthConfig.Throttle config;

    LoginThrottle(RedisDataSource redis, AuthConfig config) {
        this.redis = redis;
        this.config = config.throttle();
    }

    /** A problem 429 if too many attempts have failed; call it before each look at a password. */
    public void check(String account, String address) {
        check(accountKey(account), config.failuresPerAccount());
        check(addressKey(address), config.failuresPerAddress());
    }

    public void countFailure(String account, String address) {
        for (String key : List.of(accountKey(account), addressKey(address))) {
            execute("EVAL", COUNT, "1", key, String.valueOf(config.window().toMillis()));
        }
    }

    /** Forgets the account's failures: its owner is here. */
    public void forget(String account) {
        execute("DEL", accountKey(account));
    }

    private void check(String key, int allowed) {
        String[] countAndMillis = execute("EVAL", READ, "1", key).split(":", -1);
        if (Long.parseLong(countAndMillis[0]) >= allowed) {
            Duration left = Duration.ofMillis(Long.parseLong(countAndMillis[1]));
            throw Problems.retryLater(
                    Problem.RATE_LIMITED,
                    left,
                    MessageCode.TOO_MANY_WRONG_PASSWORDS,
                    left.toMinutes() + 1);
        }
    }

    private String execute(String command, String... arguments) {
        try {
            return String.valueOf(redis.execute(command, arguments));
        } catch (RuntimeException e) {
            LOG.warnf("Redis does not answer, wrong passwords are not counted: cause=%s", e);
            return "0:0";
        }
    }

    private static String accountKey(String account) {
        return "login:account:" + account;
    }

    private static String addressKey(String address) {
        return "login:address:" + address;
    }
}
