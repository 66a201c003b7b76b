package ru.reklamai.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tunnel between a client and a service that does as each test wants. */
class WebSocketTunnelTest {

    private static final int CHUNK = 64 * 1024;
    private static final long FAR_MORE_THAN_BUFFERS_HOLD = 400L * 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketTunnel tunnel = new WebSocketTunnel(vertx, 1000, Duration.ofSeconds(2));
    private final WebSocketClient client = vertx.createWebSocketClient();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void aServiceThatDiesClosesTheClient() {
        var accepted = new CompletableFuture<NetSocket>();
        WebSocket socket = connect(request -> rawSocket(request).onSuccess(accepted::complete));
        accepted.join().close();
        Awaitility.await().until(socket::isClosed);
    }

    @Test
    void aClientThatGoesClosesTheServicesSide() {
        var ended = new CompletableFuture<Void>();
        WebSocket socket = connect(request ->
                request.toWebSocket().onSuccess(accepted -> accepted.closeHandler(end -> ended.complete(null))));
        socket.close();
        assertThat(ended).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aClientThatDoesNotReadHoldsBackTheService() {
        var written = new AtomicLong();
        int port = through(request -> rawSocket(request).onSuccess(socket -> flood(socket, written)));
        HttpClient raw = vertx.createHttpClient();
        NetSocket slow = await(raw.request(upgrade(port))
                        .compose(request -> request.connect().map(HttpClientResponse::netSocket)))
                .pause();
        long heldAt = untilItStands(written);
        assertThat(heldAt).isLessThan(FAR_MORE_THAN_BUFFERS_HOLD / 2);
        slow.handler(chunk -> {}).resume();
        Awaitility.await().until(() -> written.get() > heldAt + CHUNK);
    }

    @Test
    void aServiceThatIsAwayIs503() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        int port = listen(request -> tunnel.open(request, nowhere, "/ws"));
        var answer = answerOf(port);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("2");
    }

    @Test
    void aStopSendsEveryClientAwayWithTheServicesConsent() {
        var serviceHeard = new CompletableFuture<Short>();
        WebSocket socket = connect(request -> request.toWebSocket()
                .onSuccess(
                        accepted -> accepted.closeHandler(end -> serviceHeard.complete(accepted.closeStatusCode()))));
        tunnel.endAll();
        assertThat(serviceHeard).succeedsWithin(Duration.ofSeconds(5)).isEqualTo((short) 1012);
        Awaitility.await().until(socket::isClosed);
        assertThat(socket.closeStatusCode()).isEqualTo((short) 1012);
    }

    @Test
    void aStopDoesNotWaitForAServiceThatSaysNothing() {
        var serviceEnded = new CompletableFuture<Void>();
        WebSocket socket = connect(request ->
                rawSocket(request).onSuccess(accepted -> accepted.closeHandler(end -> serviceEnded.complete(null))));
        Instant start = Instant.now();
        tunnel.endAll();
        Awaitility.await().until(socket::isClosed);
        assertThat(socket.closeStatusCode()).isEqualTo((short) 1012);
        assertThat(serviceEnded).succeedsWithin(Duration.ofSeconds(1));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void noSocketOpensOnceAStopHasBegun() {
        int port = through(HttpServerRequest::toWebSocket);
        tunnel.endAll();
        assertThat(answerOf(port).statusCode()).isEqualTo(503);
    }

    @Test
    void whatTheServiceSaysAtOnceIsNotLost() {
        var heard = new CompletableFuture<String>();
        int port = through(request -> request.toWebSocket().onSuccess(accepted -> accepted.writeTextMessage("first")));
        client.webSocket().textMessageHandler(heard::complete).connect(port, "127.0.0.1", "/ws");
        assertThat(heard).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("first");
    }

    private WebSocket connect(Handler<HttpServerRequest> service) {
        return await(client.connect(through(service), "127.0.0.1", "/ws"));
    }

    /** Returns the port of a gateway whose service that is. */
    private int through(Handler<HttpServerRequest> service) {
        URI address = URI.create("http://127.0.0.1:" + listen(service));
        return listen(request -> tunnel.open(request, address, "/ws"));
    }

    private int listen(Handler<HttpServerRequest> handler) {
        return await(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"))
                .actualPort();
    }

    /** Takes the handshake, and then does nothing that a WebSocket should. */
    private static Future<NetSocket> rawSocket(HttpServerRequest request) {
        String accept = Optional.ofNullable(request.getHeader("Sec-WebSocket-Key"))
                .map(WebSocketTunnelTest::accepted)
                .orElse("");
        request.response()
                .setStatusCode(101)
                .putHeader("Upgrade", "websocket")
                .putHeader("Connection", "Upgrade")
                .putHeader("Sec-WebSocket-Accept", accept);
        return request.toNetSocket();
    }

    /** RFC 6455, 4.2.2. */
    private static String accepted(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void flood(NetSocket socket, AtomicLong written) {
        while (!socket.writeQueueFull() && written.get() < FAR_MORE_THAN_BUFFERS_HOLD) {
            socket.write(Buffer.buffer(new byte[CHUNK]));
            written.addAndGet(CHUNK);
        }
        socket.drainHandler(free -> flood(socket, written));
    }

    private static long untilItStands(AtomicLong written) {
        var last = new AtomicLong(-1);
        var same = new AtomicInteger();
        Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> {
            boolean stands = written.get() > 0 && last.getAndSet(written.get()) == written.get();
            return (stands ? same.incrementAndGet() : same.getAndSet(0)) >= 5;
        });
        return written.get();
    }

    private HttpClientResponse answerOf(int port) {
        return await(vertx.createHttpClient().request(upgrade(port)).compose(request -> request.connect()));
    }

    private static RequestOptions upgrade(int port) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/ws")
                .putHeader("Connection", "Upgrade")
                .putHeader("Upgrade", "websocket");
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
