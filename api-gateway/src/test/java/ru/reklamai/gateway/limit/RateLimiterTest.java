package ru.reklamai.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.conventions.TestTokens;
import ru.reklamai.gateway.GatewayClient;
import ru.reklamai.gateway.GatewayClient.Answer;
import ru.reklamai.gateway.StubServices;

@QuarkusTest
@QuarkusTestResource(StubServices.class)
@QuarkusTestResource(TestKeys.class)
class RateLimiterTest {

    @TestHTTPResource
    URI address;

    @Inject
    RedisDataSource redis;

    private GatewayClient nobody;

    @BeforeEach
    void forgetWhatThisAddressAskedFor() {
        nobody = new GatewayClient(address);
        redis.key().del("limit:auth:127.0.0.1", "limit:rest:127.0.0.1");
    }

    @Test
    void everyAnswerSaysWhatIsLeft() {
        GatewayClient user = newUser();
        user.get("/api/v1/credits");
        Answer second = user.get("/api/v1/boards");
        assertThat(second.header("RateLimit-Policy")).isEqualTo("\"rest\";q=600;w=60");
        assertThat(second.header("RateLimit")).matches("\"rest\";r=598;t=\\d+");
    }

    @Test
    void ordersAreLimitedForEachUser() {
        GatewayClient user = newUser();
        List<Answer> answers = IntStream.range(0, 31)
                .mapToObj(i -> user.post("/api/v1/generate", "{}"))
                .toList();
        assertThat(answers.subList(0, 30)).allMatch(answer -> answer.status() == 200);
        Answer last = answers.getLast();
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.json().getString("type")).isEqualTo("/problems/rate-limited");
        assertThat(last.header("Retry-After")).matches("\\d+");
        assertThat(last.header("RateLimit")).startsWith("\"generate\";r=0;t=");
        assertThat(last.json().getString("detail"))
                .isEqualTo("Wait " + last.header("Retry-After") + " s, then try again.");
        assertThat(user.get("/api/v1/credits").status()).isEqualTo(200);
        assertThat(newUser().post("/api/v1/generate", "{}").status()).isEqualTo(200);
    }

    @Test
    void loginsAreLimitedForEachAddressWhoeverAsks() {
        IntStream.range(0, 10).forEach(i -> assertThat(
                        newUser().post("/api/v1/auth/login", "{}").status())
                .isEqualTo(200));
        assertThat(nobody.post("/api/v1/auth/login", "{}").status()).isEqualTo(429);
    }

    @Test
    void withoutATokenTheAddressCounts() {
        nobody.get("/api/v1/models");
        newUser().get("/api/v1/models");
        assertThat(nobody.get("/api/v1/models").header("RateLimit")).startsWith("\"rest\";r=598;");
    }

    @Test
    void callbacksOfOtherSystemsAreNotCounted() {
        Answer answer = nobody.post("/api/v1/provider/kie/callback/1/2", "{}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("RateLimit")).isEmpty();
    }

    @Test
    void theCountEndsAfterAMinute() {
        nobody.get("/api/v1/models");
        assertThat(redis.key().pttl("limit:rest:127.0.0.1")).isBetween(1L, 60_000L);
    }

    private GatewayClient newUser() {
        return nobody.withToken(TestTokens.of(UuidCreator.getTimeOrderedEpoch(), "anna@example.com", "user"));
    }
}
