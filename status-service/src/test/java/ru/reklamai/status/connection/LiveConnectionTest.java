package ru.reklamai.status.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static ru.reklamai.status.connection.TestConnections.NOON;
import static ru.reklamai.status.connection.TestConnections.ONE;
import static ru.reklamai.status.connection.TestConnections.TWO;
import static ru.reklamai.status.connection.TestConnections.USER;
import static ru.reklamai.status.connection.TestConnections.event;
import static ru.reklamai.status.connection.TestConnections.token;
import static ru.reklamai.status.connection.TestConnections.update;

import io.vertx.core.Vertx;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.Failure;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.message.MessageCode;
import ru.reklamai.status.connection.TestConnections.Config;
import ru.reklamai.status.connection.TestConnections.FakeClient;
import ru.reklamai.status.connection.TestConnections.FakeSnapshots;

class LiveConnectionTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Feed ALL = new Feed.All(NOON);
    private static Vertx vertx;

    private final FakeClient client = new FakeClient();
    private final FakeSnapshots snapshots = new FakeSnapshots();
    private final List<LiveConnection> ended = new ArrayList<>();

    @BeforeAll
    static void startTimers() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopTimers() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    // What is sent

    @Test
    void aRepeatedAndAnOlderVersionAreDropped() {
        LiveConnection connection = connect(ALL);
        connection.offer(event(ONE, 2));
        connection.offer(event(ONE, 2));
        connection.offer(event(ONE, 1));
        assertThat(client.ids()).containsExactly(ONE + ":2");
    }

    @Test
    void aSlowClientGetsOnlyTheNewestStateOfEachGeneration() {
        LiveConnection connection = connect(ALL);
        client.isSlow = true;
        connection.offer(event(ONE, 1));
        connection.offer(event(ONE, 2));
        connection.offer(event(TWO, 1));
        connection.offer(event(ONE, 3));
        client.take();
        client.take();
        assertThat(client.ids()).containsExactly(ONE + ":1", ONE + ":3", TWO + ":1");
    }

    @Test
    void aClientForWhichTooMuchWaitsIsClosed() {
        LiveConnection connection = connect(ALL, AN_HOUR, Config.of(Duration.ofMinutes(1), 3));
        client.isSlow = true;
        IntStream.range(0, 4).forEach(i -> connection.offer(event(new UUID(7, i), 1)));
        assertThat(client.ending).isEmpty();
        connection.offer(event(new UUID(7, 4), 1));
        assertThat(codeOfEnd()).contains(1013);
    }

    @Test
    void aClientThatTakesTooLongForOneMessageIsClosed() {
        LiveConnection connection = connect(ALL, AN_HOUR, Config.of(Duration.ZERO, 1000));
        client.isSlow = true;
        connection.offer(event(ONE, 1));
        assertThat(client.ending).isEmpty();
        connection.offer(event(ONE, 2));
        assertThat(codeOfEnd()).contains(1013);
    }

    @Test
    void aBrokenClientIsClosed() {
        LiveConnection connection = connect(ALL);
        client.isSlow = true;
        connection.offer(event(ONE, 1));
        client.underWay.removeFirst().completeExceptionally(new IllegalStateException("gone"));
        assertThat(client.ending).contains(Ending.TOO_SLOW);
        assertThat(ended).containsExactly(connection);
    }

    @Test
    void aLongBacklogIsSentWithoutADeepStack() {
        LiveConnection connection = connect(ALL, AN_HOUR, Config.of(Duration.ofMinutes(1), 100_000));
        client.isSlow = true;
        connection.offer(event(ONE, 1));
        IntStream.range(0, 50_000).forEach(i -> connection.offer(event(new UUID(7, i), 1)));
        client.isSlow = false;
        client.take();
        assertThat(client.sent).hasSize(50_001);
        assertThat(client.ending).isEmpty();
    }

    @Test
    void aFailureIsToldInTheLanguageOfTheClient() {
        connect(ALL).offer(event(ONE, 2, "failed", Failure.of(MessageCode.CANCELLED), NOON));
        connect(request(ALL, AN_HOUR, "ru-RU,en;q=0.5"), Runnable::run)
                .offer(event(ONE, 2, "failed", Failure.of(MessageCode.CANCELLED), NOON));
        assertThat(client.sent)
                .extracting(update -> update.error().message())
                .containsExactly("You cancelled it.", "Вы это отменили.");
        assertThat(client.sent).extracting(update -> update.error().code()).containsOnly("cancelled");
    }

    // Snapshots

    @Test
    void aSnapshotIsReadFromWhereTheClientLeftOffAndSomewhatBefore() {
        snapshots.state.add(update(ONE, 3));
        connect(ALL);
        assertThat(client.ids()).containsExactly(ONE + ":3");
        assertThat(snapshots.asked).containsExactly(NOON.minusSeconds(30));
    }

    @Test
    void anUpdateThatArrivesWhileTheSnapshotIsReadIsNotSetBackByIt() {
        snapshots.state.add(update(ONE, 2));
        snapshots.state.add(update(TWO, 1));
        var connection = create(request(ALL, AN_HOUR, "en"), Runnable::run);
        snapshots.meanwhile = () -> connection.offer(event(ONE, 3));
        connection.start();
        assertThat(client.ids()).containsExactly(ONE + ":3", TWO + ":1");
    }

    @Test
    void anUpdateBeforeTheSnapshotDoesNotHideWhatTheClientMissedBefore() {
        List<Runnable> later = new ArrayList<>();
        var connection = connect(request(ALL, AN_HOUR, "en"), later::add);
        connection.offer(event(ONE, 1, "processing", null, NOON.plus(AN_HOUR)));
        later.forEach(Runnable::run);
        assertThat(snapshots.asked).containsExactly(NOON.minusSeconds(30));
    }

    @Test
    void aRefreshAsksForWhatCameAfterTheNewestUpdate() {
        LiveConnection connection = connect(ALL);
        connection.offer(event(ONE, 1, "processing", null, NOON.plus(AN_HOUR)));
        connection.offer(event(TWO, 1, "processing", null, NOON));
        snapshots.state.add(update(ONE, 2));
        connection.refresh();
        assertThat(snapshots.asked).last().isEqualTo(NOON.plus(AN_HOUR).minusSeconds(30));
        assertThat(client.ids()).endsWith(ONE + ":2");
    }

    @Test
    void aFailedFirstSnapshotClosesTheConnection() {
        snapshots.meanwhile = LiveConnectionTest::fail;
        connect(ALL);
        assertThat(client.ending).contains(Ending.NO_SNAPSHOT);
        assertThat(codeOfEnd()).contains(1013);
    }

    @Test
    void aFailedRefreshClosesTheConnection() {
        LiveConnection connection = connect(ALL);
        snapshots.meanwhile = LiveConnectionTest::fail;
        connection.refresh();
        assertThat(client.ending).contains(Ending.NO_SNAPSHOT);
        assertThat(ended).containsExactly(connection);
    }

    @Test
    void anErrorWhileASnapshotIsReadClosesTheConnectionToo() {
        snapshots.meanwhile = () -> {
            throw new StackOverflowError();
        };
        connect(ALL);
        assertThat(client.ending).contains(Ending.NO_SNAPSHOT);
    }

    @Test
    void aSnapshotIsReadWithTheNewestTokenAndTheClientsLanguage() {
        LiveConnection connection = connect(request(ALL, AN_HOUR, "ru"), Runnable::run);
        connection.renew(Optional.of(new AccessToken("fresh", USER, NOON.plus(Duration.ofDays(36500)))));
        connection.refresh();
        assertThat(snapshots.readers).extracting(reader -> reader.token()).containsExactly("token of " + USER, "fresh");
        assertThat(snapshots.readers)
                .extracting(reader -> reader.acceptLanguage())
                .containsOnly("ru");
    }

    // The end

    @Test
    void aConnectionEndsWithItsToken() {
        connect(ALL, Duration.ofMillis(200), Config.of(AN_HOUR, 1000));
        await().untilAsserted(() -> assertThat(client.ending).contains(Ending.TOKEN_ENDED));
        assertThat(codeOfEnd()).contains(4401);
    }

    @Test
    void aFreshTokenKeepsTheConnection() {
        LiveConnection connection = connect(ALL, Duration.ofMillis(300), Config.of(AN_HOUR, 1000));
        connection.renew(Optional.of(token(USER, AN_HOUR)));
        var later = new CompletableFuture<Void>();
        vertx.setTimer(600, timer -> later.complete(null));
        later.join();
        assertThat(client.ending).isEmpty();
    }

    @Test
    void aTokenOfSomebodyElseEndsTheConnection() {
        connect(ALL).renew(Optional.of(token(ONE, AN_HOUR)));
        assertThat(client.ending).contains(Ending.TOKEN_WRONG);
        assertThat(codeOfEnd()).contains(4401);
    }

    @Test
    void whatIsNoTokenEndsTheConnection() {
        connect(ALL).renew(Optional.empty());
        assertThat(client.ending).contains(Ending.TOKEN_WRONG);
    }

    @Test
    void afterItsEndNothingIsSent() {
        LiveConnection connection = connect(ALL);
        connection.end(Ending.RESTARTING);
        connection.offer(event(ONE, 1));
        connection.end(Ending.TOO_SLOW);
        assertThat(client.sent).isEmpty();
        assertThat(client.ending).contains(Ending.RESTARTING);
        assertThat(codeOfEnd()).contains(1012);
        assertThat(ended).containsExactly(connection);
    }

    @Test
    void aClientThatHasGoneIsNotClosedOnceMore() {
        connect(ALL).leave();
        assertThat(client.ending).isEmpty();
        assertThat(ended).hasSize(1);
    }

    // One generation

    @Test
    void aStreamOfOneGenerationTellsNothingOfOthersAndEndsWithIt() {
        snapshots.state.add(update(ONE, 1));
        LiveConnection connection = connect(new Feed.One(ONE, 0));
        connection.offer(event(TWO, 1));
        connection.offer(event(ONE, 2, "succeeded", null, NOON));
        assertThat(client.ids()).containsExactly(ONE + ":1", ONE + ":2");
        assertThat(client.ending).contains(Ending.FINISHED);
    }

    @Test
    void theLastUpdateIsTakenBeforeTheStreamEnds() {
        snapshots.state.add(update(ONE, 1));
        LiveConnection connection = connect(new Feed.One(ONE, 0));
        client.isSlow = true;
        connection.offer(event(ONE, 2, "failed", null, NOON));
        assertThat(client.ending).isEmpty();
        client.take();
        assertThat(client.ending).contains(Ending.FINISHED);
    }

    @Test
    void aStreamStartsAfterTheVersionThatTheClientHas() {
        snapshots.state.add(update(ONE, 2));
        LiveConnection connection = connect(new Feed.One(ONE, 2));
        connection.offer(event(ONE, 3));
        assertThat(client.ids()).containsExactly(ONE + ":3");
    }

    @Test
    void aStreamOfWhatHasEndedAndIsKnownEndsAtOnce() {
        snapshots.state.add(UserUpdate.of(event(ONE, 4, "cancelled", null, NOON), null));
        connect(new Feed.One(ONE, 4));
        assertThat(client.sent).isEmpty();
        assertThat(client.ending).contains(Ending.FINISHED);
    }

    private LiveConnection connect(Feed feed) {
        return connect(feed, AN_HOUR, Config.of(Duration.ofMinutes(1), 1000));
    }

    private LiveConnection connect(Feed feed, Duration lifetime, ConnectionConfig config) {
        var connection = new LiveConnection(
                TestConnections.tools(snapshots, config, vertx), request(feed, lifetime, "en"), client, ended::add);
        connection.start();
        return connection;
    }

    private LiveConnection connect(Connections.Request request, Executor executor) {
        LiveConnection connection = create(request, executor);
        connection.start();
        return connection;
    }

    private LiveConnection create(Connections.Request request, Executor executor) {
        ConnectionConfig config = Config.of(Duration.ofMinutes(1), 1000);
        return new LiveConnection(
                new Connections.Tools(snapshots, config, vertx, executor), request, client, ended::add);
    }

    private static Connections.Request request(Feed feed, Duration lifetime, String language) {
        return new Connections.Request(token(USER, lifetime), language, feed);
    }

    private Optional<Integer> codeOfEnd() {
        return client.ending.map(ending -> ending.closeReason().getCode());
    }

    private static void fail() {
        throw new ProcessingException("no answer");
    }
}
