package ru.reklamai.worker.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.kie.KieConfig;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class SubmissionLimiterTest {

    private static final String KEY = "kie:submissions";

    @Inject
    RedisDataSource redis;

    @Inject
    KieConfig config;

    private SubmissionLimiter limiter;

    @BeforeEach
    @AfterEach
    void nothingSubmitted() {
        redis.key().del(KEY);
        limiter = new SubmissionLimiter(redis, config);
    }

    @Test
    void noMoreIsGrantedThanKieTakes() {
        assertThat(limiter.take(15)).isEqualTo(15);
        assertThat(limiter.take(15)).isEqualTo(5);
        assertThat(limiter.take(1)).isZero();
    }

    @Test
    void allWorkersShareTheLimit() {
        limiter.take(15);
        assertThat(new SubmissionLimiter(redis, config).take(15)).isEqualTo(5);
    }

    @Test
    void whatWasSubmittedBeforeTheWindowCountsNoMore() {
        double elevenSecondsAgo = Instant.now().minus(Duration.ofSeconds(11)).toEpochMilli();
        for (int i = 0; i < 20; i++) {
            redis.sortedSet(String.class).zadd(KEY, elevenSecondsAgo, "earlier-" + i);
        }
        assertThat(limiter.take(20)).isEqualTo(20);
    }

    @Test
    void whatWasSubmittedWithinTheWindowCounts() {
        double nineSecondsAgo = Instant.now().minus(Duration.ofSeconds(9)).toEpochMilli();
        redis.sortedSet(String.class).zadd(KEY, nineSecondsAgo, "earlier");
        assertThat(limiter.take(20)).isEqualTo(19);
    }

    @Test
    void whoWantsNothingGetsNothing() {
        assertThat(limiter.take(-3)).isZero();
        assertThat(limiter.take(20)).isEqualTo(20);
    }

    @Test
    void withoutRedisAWorkerHoldsToTheLimitAlone() {
        var alone = new SubmissionLimiter(brokenRedis(), config);
        assertThat(alone.take(15)).isEqualTo(15);
        assertThat(alone.take(15)).isEqualTo(5);
        assertThat(alone.take(1)).isZero();
    }

    private static RedisDataSource brokenRedis() {
        return (RedisDataSource) Proxy.newProxyInstance(
                RedisDataSource.class.getClassLoader(),
                new Class<?>[] {RedisDataSource.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("Redis is away");
                });
    }
}
