package ru.reklamai.status.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.reklamai.status.connection.TestConnections.NOON;
import static ru.reklamai.status.connection.TestConnections.ONE;
import static ru.reklamai.status.connection.TestConnections.TWO;
import static ru.reklamai.status.connection.TestConnections.USER;
import static ru.reklamai.status.connection.TestConnections.event;
import static ru.reklamai.status.connection.TestConnections.token;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.status.connection.TestConnections.Config;
import ru.reklamai.status.connection.TestConnections.FakeClient;
import ru.reklamai.status.connection.TestConnections.FakeSnapshots;

class ConnectionsTest {

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Connections connections =
            new Connections(new FakeSnapshots(), Config.of(Duration.ofMinutes(1), 1000), vertx, executor, metrics);

    @AfterEach
    void stop() {
        executor.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anUpdateGoesToEveryConnectionOfItsOwnerAndToNobodyElse() {
        FakeClient phone = open(USER);
        FakeClient laptop = open(USER);
        FakeClient stranger = open(TWO);
        connections.publish(event(ONE, 1));
        assertThat(phone.ids()).containsExactly(ONE + ":1");
        assertThat(laptop.ids()).containsExactly(ONE + ":1");
        assertThat(stranger.sent).isEmpty();
    }

    @Test
    void onlyOpenConnectionsAreCounted() {
        open(USER);
        LiveConnection second = connections.open(request(USER), new FakeClient());
        open(TWO);
        assertThat(metrics.get("reklamai.connections").gauge().value()).isEqualTo(3);
        second.leave();
        assertThat(metrics.get("reklamai.connections").gauge().value()).isEqualTo(2);
    }

    @Test
    void whenTheServiceStopsClientsAreSentAwayAlsoThoseThatStillCome() {
        FakeClient early = open(USER);
        connections.endAll(new ShutdownDelayInitiatedEvent());
        FakeClient late = open(USER);
        assertThat(early.ending).contains(Ending.RESTARTING);
        assertThat(late.ending).contains(Ending.RESTARTING);
        assertThat(metrics.get("reklamai.connections").gauge().value()).isZero();
    }

    private FakeClient open(UUID user) {
        var client = new FakeClient();
        connections.open(request(user), client);
        return client;
    }

    private static Connections.Request request(UUID user) {
        return new Connections.Request(token(user, Duration.ofHours(1)), "en", new Feed.All(NOON));
    }
}
