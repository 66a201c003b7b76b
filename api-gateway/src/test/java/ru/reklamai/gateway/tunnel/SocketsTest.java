package ru.reklamai.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.conventions.TestTokens;
import ru.reklamai.gateway.GatewayClient;
import ru.reklamai.gateway.StubServices;

/** Sockets through the whole gateway. */
@QuarkusTest
@QuarkusTestResource(StubServices.class)
@QuarkusTestResource(TestKeys.class)
class SocketsTest {

    @TestHTTPResource
    URI address;

    private GatewayClient user;

    @BeforeEach
    void client() {
        user = new GatewayClient(address)
                .withToken(TestTokens.of(UuidCreator.getTimeOrderedEpoch(), "anna@example.com", "user"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/api/v1/ws"})
    void bothPathsLeadToOneSocket(String path) throws InterruptedException {
        var socket = user.connect(path + "?since=7");
        assertThat(socket.ask("hello")).isEqualTo("hello");
        var handshake = new JsonObject(socket.ask("handshake"));
        assertThat(handshake.getString("uri")).isEqualTo("/ws?since=7");
        assertThat(handshake.getJsonObject("headers").getString("x-forwarded-for"))
                .isEqualTo("127.0.0.1");
        socket.leave();
        assertThat(socket.closed.poll(5, TimeUnit.SECONDS)).isEqualTo(1000);
    }

    @Test
    void largeMessagesArriveWhole() throws InterruptedException {
        var socket = user.connect("/ws");
        String large = "ы".repeat(20_000);
        assertThat(socket.ask(large)).isEqualTo(large);
        socket.leave();
    }

    @Test
    void aRefusalOfTheServiceIsPassedOn() {
        assertThat(user.refusal("/ws?refuse=403")).isEqualTo(403);
    }

    @Test
    void withoutAnUpgradeThePathIsNotServed() {
        var answer = user.get("/ws");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).isEqualTo("Connect to this path with a WebSocket.");
    }
}
