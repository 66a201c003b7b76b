package ru.reklamai.worker.submission;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.redis.datasource.RedisDataSource;
import io.vertx.redis.client.Command;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;
import ru.reklamai.worker.kie.KieConfig;

/**
 * Keeps all workers together under KIE's limit of new tasks per ten seconds. A log of the window rather than a token
 * bucket: a bucket of that size would let twice as many through within one window. Without Redis each worker holds to
 * the limit by itself.
 */
@ApplicationScoped
public class SubmissionLimiter {

    private static final Logger LOG = Logger.getLogger(SubmissionLimiter.class);
    private static final String KEY = "kie:submissions";
    /** A little more than KIE's ten seconds, for the way there. */
    private static final Duration WINDOW = Duration.ofMillis(10_500);

    /**
     * A script, since who may still submit is decided from what is in the set, by one clock and with nobody in between.
     * The typed commands have none for scripts, and their transactions can't decide.
     */
    private static final String TAKE = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
            local free = math.max(0, ARGV[2] - redis.call('ZCARD', KEYS[1]))
            local granted = math.min(free, tonumber(ARGV[3]))
            for i = 1, granted do redis.call('ZADD', KEYS[1], now, ARGV[4] .. i) end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return granted
            """;

    private final RedisDataSource redis;
    private final int limit;
    private final Deque<Instant> own = new ArrayDeque<>();

    SubmissionLimiter(RedisDataSource redis, KieConfig config) {
        this.redis = redis;
        this.limit = config.submissionsPerTenSeconds();
    }

    /** Returns how many of the wanted submissions may be made now. */
    public int take(int wanted) {
        if (wanted <= 0) {
            return 0;
        }
        try {
            return redis.execute(
                            Command.EVAL,
                            TAKE,
                            "1",
                            KEY,
                            String.valueOf(WINDOW.toMillis()),
                            String.valueOf(limit),
                            String.valueOf(wanted),
                            UuidCreator.getTimeOrderedEpoch().toString())
                    .toInteger();
        } catch (RuntimeException e) {
            LOG.warnf("Redis does not answer, limiting submissions alone: cause=%s", e);
            return takeAlone(wanted);
        }
    }

    private synchronized int takeAlone(int wanted) {
        Instant now = Instant.now();
        while (!own.isEmpty() && own.peekFirst().isBefore(now.minus(WINDOW))) {
            own.removeFirst();
        }
        int granted = Math.min(wanted, limit - own.size());
        for (int i = 0; i < granted; i++) {
            own.addLast(now);
        }
        return granted;
    }
}
