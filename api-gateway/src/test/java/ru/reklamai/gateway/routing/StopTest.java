package ru.reklamai.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.conventions.TestTokens;
import ru.reklamai.gateway.GatewayClient;
import ru.reklamai.gateway.StubServices;

/** What happens when a stop begins; the gateway of this test takes no sockets afterwards. */
@QuarkusTest
@QuarkusTestResource(StubServices.class)
@QuarkusTestResource(TestKeys.class)
@TestProfile(StopTest.OfItsOwn.class)
class StopTest {

    public static class OfItsOwn implements QuarkusTestProfile {}

    @TestHTTPResource
    URI address;

    @Inject
    AnswersUnderWay answers;

    @Inject
    Event<ShutdownDelayInitiatedEvent> stop;

    @Test
    void liveConnectionsEndAtOnceAndNothingIsLeftToWaitFor() throws Exception {
        GatewayClient user = new GatewayClient(address)
                .withToken(TestTokens.of(UuidCreator.getTimeOrderedEpoch(), "anna@example.com", "user"));
        var socket = user.connect("/ws");
        assertThat(socket.ask("hello")).isEqualTo("hello");
        var stream = user.stream("/api/v1/updates");
        assertThat((char) stream.body().read()).isEqualTo('d');
        await().until(() -> answers.count() == 1);

        stop.fire(new ShutdownDelayInitiatedEvent());

        assertThat(socket.closed.poll(5, TimeUnit.SECONDS)).isEqualTo(1012);
        await().until(() -> answers.count() == 0);
        assertThat(user.refusal("/ws")).isEqualTo(503);
        assertThatThrownBy(() -> user.stream("/api/v1/updates")).isInstanceOf(IOException.class);
        assertThat(user.get("/api/v1/credits").status()).isEqualTo(200);
    }
}
