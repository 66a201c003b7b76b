package ru.reklamai.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.conventions.TestTokens;
import ru.reklamai.events.Failure;
import ru.reklamai.events.GenerationUpdated;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.message.MessageCode;

/** The service as its clients know it, with the real broker and a stub of generation-service. */
@QuarkusTest
@WithTestResource(TestKeys.class)
@WithTestResource(TestSettings.class)
class LiveUpdatesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** The ways of following updates. */
    enum Way {
        WEBSOCKET,
        SSE_OF_ALL,
        SSE_OF_ONE
    }

    @TestHTTPResource("/")
    URI service;

    @Inject
    ObjectMapper json;

    @Inject
    MeterRegistry metrics;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();
    private final UUID generation = UuidCreator.getTimeOrderedEpoch();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final List<Client> clients = new ArrayList<>();
    private Stub generationService;
    private Broker broker;
    private String token;

    @BeforeEach
    void start() throws Exception {
        token = TestTokens.of(user, "ann@example.com", "user");
        generationService = Stub.at("reklamai.generation-url");
        broker = new Broker();
        await().atMost(SOON).until(broker::isConsumed);
    }

    @AfterEach
    void stop() throws Exception {
        clients.forEach(Client::close);
        broker.close();
        generationService.close();
        await().atMost(SOON).until(() -> openConnections() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aClientGetsTheStateAndThenEveryChange(Way way) throws Exception {
        hold(1, "queued");
        Client client = follow(way);
        await().atMost(SOON).until(() -> client.ids().equals(List.of(generation + ":1")));
        publish(user, generation, 2, "processing");
        publish(user, generation, 2, "processing");
        publish(UuidCreator.getTimeOrderedEpoch(), UuidCreator.getTimeOrderedEpoch(), 1, "queued");
        publish(user, generation, 3, "processing");
        await().atMost(SOON).until(() -> client.ids().size() == 3);
        assertThat(client.ids()).containsExactly(generation + ":1", generation + ":2", generation + ":3");
    }

    @Test
    void theStreamOfOneGenerationEndsWithIt() throws Exception {
        hold(1, "queued");
        Client client = follow(Way.SSE_OF_ONE);
        await().atMost(SOON).until(() -> !client.ids().isEmpty());
        publish(user, UuidCreator.getTimeOrderedEpoch(), 1, "queued");
        publish(user, generation, 2, "succeeded");
        assertThat(client.ended).succeedsWithin(SOON).isEqualTo(200);
        assertThat(client.ids()).containsExactly(generation + ":1", generation + ":2");
        assertThat(client.received).contains("event:update", "id:" + generation + ":2");
    }

    @Test
    void aReaderGoesOnWhereItLeftOff() throws Exception {
        hold(3, "processing");
        Client ofAll = sse("/api/v1/updates", "Last-Event-ID", "2026-01-31T12:00:00Z");
        Client ofOne = sse("/api/v1/generations/" + generation + "/stream", "Last-Event-ID", generation + ":3");
        await().atMost(SOON).until(() -> !ofAll.ids().isEmpty());
        assertThat(ofAll.received).contains("event:update", "id:" + now);
        assertThat(generationService.requestsOf(token))
                .anyMatch(request ->
                        request.path().endsWith("/changes") && request.query().equals("since=2026-01-31T11:59:30Z"));
        publish(user, generation, 4, "processing");
        await().atMost(SOON).until(() -> !ofOne.ids().isEmpty());
        assertThat(ofOne.ids()).containsExactly(generation + ":4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/updates", "/api/v1/generations/%s/stream"})
    void aQuietStreamHasComments(String path) throws Exception {
        hold(1, "queued");
        Client client = sse(path.formatted(generation));
        await().atMost(SOON)
                .until(() -> client.received.stream()
                                .filter(line -> line.equals(":still here"))
                                .count()
                        > 2);
    }

    @Test
    void aGenerationThatIsNotTheCallersIsUnknown() {
        given().auth()
                .oauth2(token)
                .header("Accept-Language", "ru")
                .get("/api/v1/generations/{id}/stream", generation)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("Такой генерации нет."));
    }

    @Test
    void aStreamOfOneGenerationIsRefusedWhileGenerationServiceIsAway() {
        generationService.close();
        given().auth()
                .oauth2(token)
                .get("/api/v1/generations/{id}/stream", generation)
                .then()
                .statusCode(503)
                .header("Retry-After", equalTo("2"))
                .contentType("application/problem+json");
    }

    @Test
    void withoutASnapshotASocketIsClosedAndAStreamEnds() {
        generationService.answer("/api/v1/generations/changes", token, 500, "{}");
        assertThat(follow(Way.WEBSOCKET).ended).succeedsWithin(SOON).isEqualTo(1013);
        assertThat(follow(Way.SSE_OF_ALL).ended).succeedsWithin(SOON).isEqualTo(200);
    }

    @Test
    void afterABreakOfTheBrokerEverybodyHearsWhatWasMissed() throws Exception {
        hold(1, "queued");
        List<Client> all = Stream.of(Way.values()).map(this::follow).toList();
        all.forEach(client -> await().atMost(SOON).until(() -> !client.ids().isEmpty()));
        hold(2, "processing");
        String before = broker.cutConnection();
        all.forEach(client -> await().atMost(SOON).until(() -> client.ids().contains(generation + ":2")));
        await().atMost(SOON).until(() -> broker.isConsumed() && !broker.owner().equals(before));
        publish(user, generation, 3, "processing");
        all.forEach(client -> await().atMost(SOON).until(() -> client.ids().contains(generation + ":3")));
    }

    @Test
    void aBurstAfterABreakDoesNotEndTheConsumer() throws Exception {
        hold(1, "queued");
        Client client = follow(Way.WEBSOCKET);
        await().atMost(SOON).until(() -> !client.ids().isEmpty());
        String before = broker.cutConnection();
        await().atMost(SOON).until(() -> broker.isConsumed() && !broker.owner().equals(before));
        assertThat(broker.queue().at("/consumer_details/0/prefetch_count").asInt())
                .isBetween(1, 200);
        for (int version = 2; version <= 3000; version++) {
            publish(user, generation, version, "processing " + "x".repeat(10_000));
        }
        await().atMost(SOON).until(() -> client.ids().contains(generation + ":3000"));
    }

    @Test
    void aRefreshThatFailsSendsEverybodyAway() throws Exception {
        hold(1, "queued");
        List<Client> all = Stream.of(Way.values()).map(this::follow).toList();
        all.forEach(client -> await().atMost(SOON).until(() -> !client.ids().isEmpty()));
        generationService.close();
        broker.cutConnection();
        assertThat(all.get(0).ended).succeedsWithin(SOON).isEqualTo(1013);
        assertThat(all.get(1).ended).succeedsWithin(SOON).isEqualTo(200);
        assertThat(all.get(2).ended).succeedsWithin(SOON).isEqualTo(200);
    }

    @Test
    void theQueueIsThisInstancesOwnAndGoesWithIt() throws Exception {
        JsonNode queue = broker.queue();
        assertThat(queue.path("type").asText()).isEqualTo("classic");
        assertThat(queue.path("durable").asBoolean()).isFalse();
        assertThat(queue.path("exclusive").asBoolean()).isTrue();
        assertThat(queue.path("auto_delete").asBoolean()).isTrue();
        assertThat(queue.path("arguments")).isEqualTo(json.createObjectNode().put("x-queue-type", "classic"));
    }

    @Test
    void whatCannotBeReadDoesNotStopWhatComesAfter() throws Exception {
        hold(1, "queued");
        Client client = follow(Way.WEBSOCKET);
        await().atMost(SOON).until(() -> !client.ids().isEmpty());
        broker.publish("no json".getBytes(StandardCharsets.UTF_8));
        broker.publish("{}".getBytes(StandardCharsets.UTF_8));
        broker.publish(("{\"userId\":\"" + user + "\",\"generationId\":\"" + generation + "\"}")
                .getBytes(StandardCharsets.UTF_8));
        ObjectNode ofNewerVersion = json.valueToTree(event(user, generation, 2, "processing"));
        broker.publish(json.writeValueAsBytes(ofNewerVersion.put("addedLater", "unknown here")));
        await().atMost(SOON).until(() -> client.ids().contains(generation + ":2"));
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsPushedInTheLanguageOfItsReader(Way way) throws Exception {
        hold(1, "queued");
        Client client = follow(way);
        await().atMost(SOON).until(() -> !client.ids().isEmpty());
        broker.publish(json.writeValueAsBytes(new GenerationUpdated(
                generation,
                GenerationUpdated.TYPE,
                2,
                now,
                generation,
                user,
                "failed",
                null,
                null,
                Failure.of(MessageCode.CANCELLED),
                null)));
        await().atMost(SOON).until(() -> client.ids().size() == 2);
        JsonNode error = client.updates().getLast().path("error");
        assertThat(error.path("code").asText()).isEqualTo("cancelled");
        assertThat(error.path("message").asText()).isEqualTo("Вы это отменили.");
        assertThat(generationService.requestsOf(token)).isNotEmpty().allMatch(request -> request.acceptLanguage()
                .equals("ru-RU, en;q=0.5"));
    }

    @Test
    void aSocketEndsWithItsTokenUnlessAFreshOneComesInTime() {
        token = tokenFor(Duration.ofSeconds(3));
        hold(1, "queued");
        Client refreshed = follow(Way.WEBSOCKET);
        Client forgotten = follow(Way.WEBSOCKET);
        Client stream = follow(Way.SSE_OF_ALL);
        await().atMost(SOON).until(() -> !refreshed.ids().isEmpty());
        refreshed.send("{\"type\":\"token\",\"token\":\"" + tokenFor(Duration.ofMinutes(5)) + "\"}");
        assertThat(forgotten.ended).succeedsWithin(SOON).isEqualTo(4401);
        assertThat(stream.ended).succeedsWithin(SOON).isEqualTo(200);
        assertThat(refreshed.ended).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "{\"type\":\"token\",\"token\":\"not.a.token\"}", "{}"})
    void whatIsNoTokenEndsTheSocket(String message) {
        hold(1, "queued");
        Client client = follow(Way.WEBSOCKET);
        await().atMost(SOON).until(() -> !client.ids().isEmpty());
        client.send(message);
        assertThat(client.ended).succeedsWithin(SOON).isEqualTo(4401);
    }

    @Test
    void withoutAValidTokenThereIsNoConnection() {
        given().get("/api/v1/updates").then().statusCode(401).contentType("application/problem+json");
        assertThat(Client.overWebSocket(service.resolve("/ws"), "not.a.token", "en").ended)
                .failsWithin(SOON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/updates HTTP/1.1",
                "GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
            })
    void aClientThatReadsNothingIsForgotten(String request) throws Exception {
        hold(1, "queued");
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
            OutputStream out = socket.getOutputStream();
            out.write((request + "\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            await().atMost(SOON).until(() -> openConnections() == 1);
            for (int i = 0; i < 400; i++) {
                publish(user, UuidCreator.getTimeOrderedEpoch(), 1, "processing " + "x".repeat(50_000));
            }
            await().atMost(SOON).until(() -> openConnections() == 0);
        }
    }

    private Client follow(Way way) {
        return switch (way) {
            case WEBSOCKET ->
                remember(Client.overWebSocket(service.resolve("/ws?since=" + now), token, "ru-RU, en;q=0.5"));
            case SSE_OF_ALL -> sse("/api/v1/updates?since=" + now);
            case SSE_OF_ONE -> sse("/api/v1/generations/" + generation + "/stream");
        };
    }

    private Client sse(String path, String... headers) {
        return remember(Client.overSse(service.resolve(path), token, "ru-RU, en;q=0.5", headers));
    }

    private Client remember(Client client) {
        clients.add(client);
        return client;
    }

    /** What generation-service knows from now on. */
    private void hold(int version, String status) {
        UserUpdate state = UserUpdate.of(event(user, generation, version, status), null);
        generationService.answer(
                "/api/v1/generations/changes", token, 200, write(Map.of("items", List.of(state), "at", now)));
        generationService.answer(
                "/api/v1/generations/" + generation,
                token,
                200,
                write(Map.of(
                        "id", generation, "version", version, "status", status, "updatedAt", now, "prompt", "A cat")));
    }

    private void publish(UUID owner, UUID id, int version, String status) throws IOException {
        broker.publish(json.writeValueAsBytes(event(owner, id, version, status)));
    }

    private GenerationUpdated event(UUID owner, UUID id, int version, String status) {
        return new GenerationUpdated(
                id, GenerationUpdated.TYPE, version, now, id, owner, status, null, null, null, null);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String tokenFor(Duration lifetime) {
        return TestTokens.claims(user, "ann@example.com", "user")
                .expiresAt(Instant.now().plus(lifetime))
                .sign();
    }

    private double openConnections() {
        return metrics.get("reklamai.connections").gauge().value();
    }
}
