package ru.reklamai.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.TestTokens;

/** The service starts before auth-service and without a broker. */
@QuarkusTest
@TestProfile(StartedAloneTest.NoBroker.class)
@WithTestResource(TestSettings.class)
class StartedAloneTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final UUID user = UuidCreator.getTimeOrderedEpoch();

    public static final class NoBroker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rabbitmq-port", "1");
        }
    }

    @Test
    void withoutABrokerTheServiceIsReadyAndSaysWhatItLacks() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'RabbitMQ' }.data.connected", is(false));
    }

    /** One story, since the service starts but once. */
    @Test
    void aTokenIsCheckedAsSoonAsAuthServiceIsThere() throws Exception {
        RsaJsonWebKey key = key("auth");
        String token = sign(key);
        String forged = sign(key("auth"));
        askWith(token)
                .statusCode(503)
                .header("Retry-After", equalTo("2"))
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/unavailable"));
        assertThat(handshakeWith(token)).isEqualTo(503);
        assertThat(timeOf(() -> askAtOnce(30, token))).isLessThan(Duration.ofSeconds(10));

        Stub authService = publish(key);
        try (Stub generationService = Stub.at("reklamai.generation-url")) {
            await().atMost(SOON).untilAsserted(() -> askWith(token).statusCode(404));
            askWith(forged).statusCode(401).body("detail", containsString("valid access token"));
            askWith(sign(key("unknown"))).statusCode(401);
            assertThat(generationService.requestsOf(token)).isNotEmpty();
        } finally {
            authService.close();
        }
        askWith(token).statusCode(503).body("detail", containsString("Live updates"));
        askWith(forged).statusCode(401);
    }

    private static Stub publish(RsaJsonWebKey key) throws IOException {
        Stub authService = Stub.at("reklamai.auth-url");
        authService.answer("/.well-known/jwks.json", "", 200, new JsonWebKeySet(key).toJson());
        return authService;
    }

    private static ValidatableResponse askWith(String token) {
        return given().auth()
                .oauth2(token)
                .get("/api/v1/generations/{id}/stream", UuidCreator.getTimeOrderedEpoch())
                .then();
    }

    private static void askAtOnce(int requests, String token) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, requests).forEach(i -> executor.execute(() -> askWith(token)));
        }
    }

    private static Duration timeOf(Runnable action) {
        Instant start = Instant.now();
        action.run();
        return Duration.between(start, Instant.now());
    }

    private static int handshakeWith(String token) {
        return given().auth()
                .oauth2(token)
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
                .get("/ws")
                .statusCode();
    }

    private static RsaJsonWebKey key(String id) throws JoseException {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(id);
        return key;
    }

    private String sign(RsaJsonWebKey key) {
        return TestTokens.claims(user, "ann@example.com", "user")
                .jws()
                .keyId(key.getKeyId())
                .sign(key.getPrivateKey());
    }
}
