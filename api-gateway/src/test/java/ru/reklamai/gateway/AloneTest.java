package ru.reklamai.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.util.KeyUtils;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestTokens;
import ru.reklamai.gateway.GatewayClient.Answer;

/** The gateway when Redis and all services are away. */
@QuarkusTest
@TestProfile(AloneTest.Alone.class)
class AloneTest {

    public static class Alone implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "reklamai.redis-url", "redis://127.0.0.1:1/0",
                    "reklamai.generation-url", "http://127.0.0.1:1",
                    "reklamai.worker-url", "http://127.0.0.1:1",
                    "reklamai.status-url", "http://127.0.0.1:1");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(LateAuthService.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @TestHTTPResource
    URI address;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @ConfigProperty(name = "reklamai.auth-url")
    URI auth;

    @ConfigProperty(name = LateAuthService.PUBLIC_KEY)
    URI publicKey;

    private GatewayClient nobody;

    @BeforeEach
    void client() {
        nobody = new GatewayClient(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/health/started"})
    void itIsWellAllTheSame(String path) {
        assertThat(new GatewayClient(management).get(path).status()).isEqualTo(200);
    }

    @Test
    void healthIsNotToBeSeenFromOutside() {
        assertThat(nobody.get("/q/health/ready").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"en, Temporarily unavailable, A part of the system", "ru, Временно недоступно, Часть системы"})
    void aServiceThatIsAwayIsA503ThatSaysWhenToComeBack(String language, String title, String detail) {
        Answer answer = nobody.withHeader("Accept-Language", language).get("/api/v1/models");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("type")).isEqualTo("/problems/unavailable");
        assertThat(answer.json().getString("title")).isEqualTo(title);
        assertThat(answer.json().getString("detail")).startsWith(detail);
    }

    @Test
    void limitsAreCountedHereAlone() {
        List<Integer> statuses = IntStream.range(0, 11)
                .mapToObj(i -> nobody.post("/api/v1/auth/login", "{}").status())
                .toList();
        assertThat(statuses.subList(0, 10)).containsOnly(503);
        // The window may have ended meanwhile, but not twice.
        assertThat(nobody.post("/api/v1/auth/login", "{}").header("RateLimit-Policy"))
                .isEqualTo("\"auth\";q=10;w=60");
        await().untilAsserted(() ->
                assertThat(nobody.post("/api/v1/auth/login", "{}").status()).isEqualTo(429));
    }

    @Test
    void aTicketThatCanNotBeLookedUpIsNotCalledWrong() {
        assertThat(nobody.refusal("/ws?ticket=any")).isEqualTo(503);
    }

    @Test
    void tokensWorkAsSoonAsTheKeysCanBeHad() throws Exception {
        GatewayClient user =
                nobody.withToken(TestTokens.of(UuidCreator.getTimeOrderedEpoch(), "anna@example.com", "user"));
        Answer early = user.get("/ws");
        assertThat(early.status()).isEqualTo(503);
        assertThat(early.header("Retry-After")).isEqualTo("2");
        HttpServer authService = publishKeys();
        try {
            // 400: the token is good, but this is no WebSocket.
            await().untilAsserted(() -> assertThat(user.get("/ws").status()).isEqualTo(400));
            assertThat(nobody.withToken("not.a.token").get("/ws").status()).isEqualTo(401);
        } finally {
            authService.stop(0);
        }
    }

    private HttpServer publishKeys() throws Exception {
        var key = KeyUtils.decodePublicKey(Files.readString(Path.of(publicKey)));
        byte[] keys = new JsonWebKeySet(JsonWebKey.Factory.newJwk(key)).toJson().getBytes(StandardCharsets.UTF_8);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), auth.getPort()), 0);
        server.createContext("/.well-known/jwks.json", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        return server;
    }
}
