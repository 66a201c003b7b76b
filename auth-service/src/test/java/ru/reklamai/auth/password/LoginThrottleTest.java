package ru.reklamai.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import ru.reklamai.auth.AuthConfig;

@QuarkusTest
class LoginThrottleTest {

    @Inject
    RedisDataSource redis;

    @Inject
    AuthConfig config;

    @Inject
    LoginThrottle throttle;

    private final String account = UuidCreator.getTimeOrderedEpoch() + "@example.org";
    private final String address = UuidCreator.getTimeOrderedEpoch().toString();

    @Test
    void theTenthWrongPasswordForAnAccountIsTheLastThatIsLookedAt() {
        fail(9, account, address);
        assertThat(throttle.pauseFor(account, address)).isEmpty();
        fail(1, account, address);
        assertThat(throttle.pauseFor(account, "elsewhere")).hasValueSatisfying(pause -> assertThat(pause)
                .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15)));
    }

    @Test
    void anAddressHasItsOwnLimitOverAllAccounts() {
        for (int i = 0; i < 50; i++) {
            assertThat(throttle.pauseFor(account, address)).isEmpty();
            throttle.countFailure(i + account, address);
        }
        assertThat(throttle.pauseFor(account, address)).isPresent();
        assertThat(throttle.pauseFor(account, "elsewhere")).isEmpty();
    }

    @Test
    void whoKnowsThePasswordStartsAnew() {
        fail(10, account, address);
        throttle.forget(account);
        assertThat(throttle.pauseFor(account, address)).isEmpty();
    }

    @Test
    void everyCountEndsWithTheWindowOfItsFirstFailure() {
        fail(1, account, address);
        redis.key().pexpire("login:account:" + account, 5_000);
        fail(1, account, address);
        assertThat(redis.key().pttl("login:account:" + account)).isBetween(1L, 5_000L);
        assertThat(redis.key().pttl("login:address:" + address)).isPositive();
    }

    @Test
    void withoutRedisNothingIsCountedAndNobodyIsHeldUp() {
        var blind = new LoginThrottle(redisThatIsAway(), config);
        assertThat(blind.pauseFor(account, address)).isEmpty();
        assertThatNoException().isThrownBy(() -> {
            blind.countFailure(account, address);
            blind.forget(account);
        });
    }

    private void fail(int times, String account, String address) {
        for (int i = 0; i < times; i++) {
            throttle.countFailure(account, address);
        }
    }

    private static RedisDataSource redisThatIsAway() {
        return (RedisDataSource) Proxy.newProxyInstance(
                RedisDataSource.class.getClassLoader(),
                new Class<?>[] {RedisDataSource.class},
                (proxy, method, args) -> {
                    throw new IllegalStateException("Redis is away");
                });
    }
}
