package ru.reklamai.gateway.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.conventions.TestTokens;
import ru.reklamai.gateway.GatewayClient;
import ru.reklamai.gateway.GatewayClient.Answer;
import ru.reklamai.gateway.StubServices;
import ru.reklamai.kit.session.SessionKeys;

@QuarkusTest
@QuarkusTestResource(StubServices.class)
@QuarkusTestResource(TestKeys.class)
class TokenCheckTest {

    private static final Duration BRIEFLY = Duration.ofMinutes(1);

    @TestHTTPResource
    URI address;

    @Inject
    RedisDataSource redis;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();
    private final String session = UuidCreator.getTimeOrderedEpoch().toString();
    private GatewayClient nobody;
    private String token;

    @BeforeEach
    void token() {
        nobody = new GatewayClient(address);
        token = TestTokens.claims(user, "anna@example.com", "user")
                .claim("sid", session)
                .sign();
    }

    @Test
    void withoutATokenAClientIsAskedToLogIn() {
        Answer answer = nobody.get("/api/v1/credits");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().getString("type")).isEqualTo("/problems/unauthorized");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void theTokenIsHandedToTheService() {
        assertThat(nobody.withToken(token).get("/api/v1/credits").arrivedHeader("authorization"))
                .hasValue("Bearer " + token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not.a.token", "x", "a.b", "..", "eyJhbGciOiJub25lIn0.e30."})
    void aWrongTokenIsRefusedOnOpenPathsToo(String wrong) {
        assertThat(nobody.withToken(wrong).get("/api/v1/credits").status()).isEqualTo(401);
        assertThat(nobody.withToken(wrong).get("/api/v1/models").status()).isEqualTo(401);
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("anna", "boss");
        String forged = parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
                + "." + parts[2];
        assertThat(nobody.withToken(forged).get("/api/v1/credits").status()).isEqualTo(401);
    }

    @Test
    void aTokenThatHasEndedIsRefused() {
        // A minute is forgiven, for clocks that differ.
        String ended = TestTokens.claims(user, "anna@example.com", "user")
                .issuedAt(Instant.now().minusSeconds(900))
                .expiresAt(Instant.now().minusSeconds(61))
                .sign();
        assertThat(nobody.withToken(ended).get("/api/v1/credits").status()).isEqualTo(401);
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        String other = TestTokens.claims(user, "anna@example.com", "user")
                .issuer("https://elsewhere.example")
                .sign();
        assertThat(nobody.withToken(other).get("/api/v1/credits").status()).isEqualTo(401);
    }

    @Test
    void aTokenOfAUserWhoseSessionsEndedIsRefusedAtOnce() {
        assertThat(nobody.withToken(token).get("/api/v1/credits").status()).isEqualTo(200);
        revoke(SessionKeys.revoked(user));
        assertThat(nobody.withToken(token).get("/api/v1/credits").status()).isEqualTo(401);
    }

    @Test
    void aTokenOfASessionThatEndedIsRefusedAndThoseOfOthersAreNot() {
        String other = TestTokens.claims(user, "anna@example.com", "user")
                .claim("sid", UuidCreator.getTimeOrderedEpoch().toString())
                .sign();
        revoke(SessionKeys.revoked(session));
        Answer answer = nobody.withToken(token).get("/api/v1/credits");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().getString("detail")).isEqualTo("This session has ended. Log in again.");
        assertThat(nobody.withToken(other).get("/api/v1/credits").status()).isEqualTo(200);
    }

    @Test
    void aTokenIssuedAfterTheEndIsGood() {
        redis.value(String.class)
                .setex(
                        SessionKeys.revoked(user),
                        BRIEFLY.toSeconds(),
                        String.valueOf(Instant.now().minusSeconds(10).getEpochSecond()));
        assertThat(nobody.withToken(token).get("/api/v1/credits").status()).isEqualTo(200);
    }

    @Test
    void aBrowserHandsTheTokenOverAsSubprotocol() throws InterruptedException {
        var socket = nobody.connect("/ws", "bearer", token);
        assertThat(socket.subprotocol()).isEqualTo("bearer");
        assertThat(arrivedHeader(socket, "authorization")).isEqualTo("Bearer " + token);
        assertThat(arrivedHeader(socket, "sec-websocket-protocol")).isEqualTo("bearer");
        socket.leave();
    }

    @Test
    void aTicketOpensOneSocket() throws InterruptedException {
        redis.value(String.class).setex(SessionKeys.ticket(session), BRIEFLY.toSeconds(), token);
        var socket = nobody.connect("/ws?ticket=" + session);
        assertThat(arrivedHeader(socket, "authorization")).isEqualTo("Bearer " + token);
        socket.leave();
        assertThat(nobody.refusal("/ws?ticket=" + session)).isEqualTo(401);
    }

    @Test
    void aSocketNeedsAToken() {
        assertThat(nobody.refusal("/ws")).isEqualTo(401);
        assertThat(nobody.refusal("/ws", "bearer", "not.a.token")).isEqualTo(401);
        assertThat(nobody.refusal("/ws?ticket=unknown")).isEqualTo(401);
    }

    private void revoke(String key) {
        redis.value(String.class)
                .setex(
                        key,
                        BRIEFLY.toSeconds(),
                        String.valueOf(Instant.now().plusSeconds(1).getEpochSecond()));
    }

    private static String arrivedHeader(GatewayClient.Socket socket, String name) throws InterruptedException {
        return new JsonObject(socket.ask("handshake")).getJsonObject("headers").getString(name);
    }
}
