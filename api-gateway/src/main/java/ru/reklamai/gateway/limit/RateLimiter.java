package ru.reklamai.gateway.limit;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import ru.reklamai.gateway.token.Caller;

/**
 * Counts requests a minute in Redis, for all gateways together; without Redis each counts alone, to the same limit. The
 * same round trip tells whether the caller's token has been revoked.
 */
@ApplicationScoped
public class RateLimiter {

    private static final Logger LOG = Logger.getLogger(RateLimiter.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_LOCAL_KEYS = 100_000;

    private static final String COUNT = """
            local count = redis.call('INCR', KEYS[1])
            if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
            local revoked = '0'
            for i = 2, #KEYS do
              local second = redis.call('GET', KEYS[i])
              if second and tonumber(second) > tonumber(revoked) then revoked = second end
            end
            return count .. ':' .. redis.call('PTTL', KEYS[1]) .. ':' .. revoked
            """;

    private final ReactiveRedisDataSource redis;
    private final Map<String, AtomicInteger> local = new ConcurrentHashMap<>();
    private volatile long localWindow;

    RateLimiter(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    /**
     * @param resetSeconds until the count starts anew
     * @param validFrom tokens that were issued before are revoked
     */
    public record Decision(int limit, int count, long resetSeconds, Instant validFrom) {

        public boolean isAllowed() {
            return count <= limit;
        }

        public int remaining() {
            return Math.max(0, limit - count);
        }
    }

    /** Counts one request of that subject; never fails. */
    public Uni<Decision> count(String policy, String subject, int limit, Optional<Caller> caller) {
        String key = "limit:" + policy + ":" + subject;
        List<String> keys = new ArrayList<>(List.of(key));
        caller.ifPresent(someone -> {
            keys.add("revoked:" + someone.userId());
            someone.session().ifPresent(session -> keys.add("revoked:" + session));
        });
        List<String> arguments = new ArrayList<>(List.of(COUNT, String.valueOf(keys.size())));
        arguments.addAll(keys);
        arguments.add(String.valueOf(WINDOW.toMillis()));
        return redis.execute("EVAL", arguments.toArray(String[]::new))
                .map(answer -> toDecision(limit, answer.toString()))
                .onFailure()
                .recoverWithItem(failure -> countAlone(key, limit, failure));
    }

    private static Decision toDecision(int limit, String answer) {
        String[] parts = answer.split(":", -1);
        long millis = Long.parseLong(parts[1]);
        return new Decision(
                limit,
                Integer.parseInt(parts[0]),
                Math.max(1, (millis + 999) / 1000),
                Instant.ofEpochSecond(Long.parseLong(parts[2])));
    }

    private Decision countAlone(String key, int limit, Throwable failure) {
        long window = Instant.now().getEpochSecond() / WINDOW.toSeconds();
        if (window != localWindow || local.size() > MAX_LOCAL_KEYS) {
            LOG.warnf("Redis does not answer, limits are counted here alone: cause=%s", failure);
            local.clear();
            localWindow = window;
        }
        int count = local.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
        return new Decision(limit, count, WINDOW.toSeconds(), Instant.EPOCH);
    }
}
