package ru.reklamai.status.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static ru.reklamai.status.connection.TestConnections.NOON;
import static ru.reklamai.status.connection.TestConnections.ONE;
import static ru.reklamai.status.connection.TestConnections.TWO;
import static ru.reklamai.status.connection.TestConnections.USER;
import static ru.reklamai.status.connection.TestConnections.event;
import static ru.reklamai.status.connection.TestConnections.token;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.status.connection.TestConnections.Config;
import ru.reklamai.status.connection.TestConnections.FakeSnapshots;

/** Asks for the next event as the HTTP response does: when the one before has been written. */
class SseClientTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Connections connections =
            new Connections(new FakeSnapshots(), Config.of(Duration.ofMinutes(1), 3), vertx, executor, metrics);

    @AfterEach
    void stop() {
        executor.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theNextUpdateWaitsUntilTheOneBeforeIsWritten() {
        AssertSubscriber<OutboundSseEvent> response = subscribe(NEVER);
        connections.publish(event(ONE, 1));
        connections.publish(event(ONE, 2));
        connections.publish(event(ONE, 3));
        connections.publish(event(TWO, 1));
        assertThat(ids(response)).containsExactly(ONE + ":1");
        response.request(1).request(1).request(1);
        assertThat(ids(response)).containsExactly(ONE + ":1", ONE + ":3", TWO + ":1");
    }

    @Test
    void aClientThatStaysTooSlowIsClosedAndForgotten() {
        AssertSubscriber<OutboundSseEvent> response = subscribe(NEVER);
        IntStream.range(0, 5).forEach(i -> connections.publish(event(new UUID(7, i), 1)));
        response.assertCompleted();
        assertThat(ids(response)).hasSize(1);
        assertThat(metrics.get("reklamai.connections").gauge().value()).isZero();
    }

    @Test
    void aStreamEndsAlsoForAClientThatTakesNothing() {
        AssertSubscriber<OutboundSseEvent> response = subscribe(NEVER);
        connections.publish(event(ONE, 1));
        connections.publish(event(ONE, 2));
        connections.endAll(new ShutdownDelayInitiatedEvent());
        response.assertCompleted();
    }

    @Test
    void aQuietStreamHasCommentsThatStandInNoUpdatesWay() {
        AssertSubscriber<OutboundSseEvent> response = subscribe(Duration.ofMillis(50));
        await().untilAsserted(() -> assertThat(response.getItems()).hasSize(2));
        connections.publish(event(ONE, 1));
        assertThat(ids(response)).isEmpty();
        response.request(1);
        assertThat(ids(response)).containsExactly(ONE + ":1");
        response.request(1);
        await().untilAsserted(() -> assertThat(response.getItems()).hasSize(4));
        assertThat(response.getItems())
                .extracting(OutboundSseEvent::getComment)
                .containsExactly("still here", "still here", null, "still here");
    }

    @Test
    void aClientThatGoesIsForgotten() {
        subscribe(NEVER).cancel();
        assertThat(metrics.get("reklamai.connections").gauge().value()).isZero();
    }

    /** Has got its first comment and asked for one event more. */
    private AssertSubscriber<OutboundSseEvent> subscribe(Duration keepAlive) {
        var request = new Connections.Request(token(USER, Duration.ofHours(1)), "en", new Feed.All(NOON));
        var format = new SseClient.Format(new SseImpl(), keepAlive, UserUpdate::id);
        AssertSubscriber<OutboundSseEvent> response =
                SseClient.stream(connections, request, format).subscribe().withSubscriber(AssertSubscriber.create(1));
        await().untilAsserted(() -> assertThat(response.getItems()).hasSize(1));
        return response.request(1);
    }

    private static List<String> ids(AssertSubscriber<OutboundSseEvent> response) {
        return response.getItems().stream()
                .filter(event -> event.getId() != null)
                .map(OutboundSseEvent::getId)
                .toList();
    }
}
