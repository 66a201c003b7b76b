package ru.reklamai.gateway.limit;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
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
import ru.reklamai.gateway.GatewayConfig;
import ru.reklamai.gateway.token.Caller;
import ru.reklamai.kit.session.SessionKeys;

/**
 * Counts requests a minute in Redis, for all gateways together; without Redis each counts alone, to the same limit. The
 * same round trip tells whether the caller's token has been revoked.
 */
@ApplicationScoped
public class RateLimiter {

    private static final Logger LOG = Logger.getLogger(RateLimiter.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_LOCAL_KEYS = 100_000;

    /** A script, because counting and its time limit must not come apart and every request pays for this round trip. */
    private static final String COUNT = """
            local count = redis.call('INCR', KEYS[1])
            if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
            local revoked = 0
            for i = 2, #KEYS do
              revoked = math.max(revoked, tonumber(redis.call('GET', KEYS[i]) or '0'))
            end
            return {count, redis.call('PTTL', KEYS[1]), revoked}
            """;

    private final ReactiveRedisDataSource redis;
    private final GatewayConfig.Limits limits;
    private final Map<String, AtomicInteger> local = new ConcurrentHashMap<>();
    private volatile long localWindow;

    RateLimiter(ReactiveRedisDataSource redis, GatewayConfig config) {
        this.redis = redis;
        this.limits = config.limits();
    }

    /**
     * What counting has shown.
     *
     * @param resetSeconds until the count starts anew
     * @param validFrom tokens that were issued before are revoked
     */
    public record Decision(LimitPolicy policy, int limit, int count, long resetSeconds, Instant validFrom) {

        public boolean isAllowed() {
            return count <= limit;
        }

        /** Returns what tells a client how much it may still ask for (IETF draft "RateLimit header fields"). */
        public Map<String, String> headers() {
            String name = "\"" + policy.text() + "\"";
            return Map.of(
                    "RateLimit-Policy", name + ";q=" + limit + ";w=" + WINDOW.toSeconds(),
                    "RateLimit", name + ";r=" + Math.max(0, limit - count) + ";t=" + resetSeconds);
        }
    }

    /** Counts one request; never fails. Returns empty for a policy that counts nothing. */
    public Uni<Optional<Decision>> count(LimitPolicy policy, Optional<Caller> caller, String address) {
        return policy.subject(caller, address)
                .map(subject -> count(policy, subject, caller).map(Optional::of))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Decision> count(LimitPolicy policy, String subject, Optional<Caller> caller) {
        List<String> keys = new ArrayList<>(List.of("limit:" + policy.text() + ":" + subject));
        caller.ifPresent(someone -> {
            keys.add(SessionKeys.revoked(someone.userId()));
            someone.session().ifPresent(session -> keys.add(SessionKeys.revoked(session)));
        });
        List<String> arguments = new ArrayList<>(List.of(COUNT, String.valueOf(keys.size())));
        arguments.addAll(keys);
        arguments.add(String.valueOf(WINDOW.toMillis()));
        // The typed commands have none for scripts.
        return redis.execute(Command.EVAL, arguments.toArray(String[]::new))
                .map(answer -> toDecision(policy, answer))
                .onFailure()
                .recoverWithItem(failure -> countAlone(policy, keys.getFirst(), failure));
    }

    private Decision toDecision(LimitPolicy policy, Response answer) {
        return new Decision(
                policy,
                policy.limit(limits),
                answer.get(0).toInteger(),
                Math.max(1, (answer.get(1).toLong() + 999) / 1000),
                Instant.ofEpochSecond(answer.get(2).toLong()));
    }

    private Decision countAlone(LimitPolicy policy, String key, Throwable failure) {
        long window = Instant.now().getEpochSecond() / WINDOW.toSeconds();
        if (window != localWindow || local.size() > MAX_LOCAL_KEYS) {
            LOG.warnf("Redis does not answer, limits are counted here alone: cause=%s", failure);
            local.clear();
            localWindow = window;
        }
        int count = local.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
        return new Decision(policy, policy.limit(limits), count, WINDOW.toSeconds(), Instant.EPOCH);
    }
}
