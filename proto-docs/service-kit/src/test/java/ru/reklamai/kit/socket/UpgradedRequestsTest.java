package ru.reklamai.kit.socket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that counts requests as Quarkus does. */
class UpgradedRequestsTest {

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void aWebSocketIsUnderWayUntilItsConnectionCloses() throws Exception {
        int port = serve(request -> {
            UpgradedRequests.endWithConnection(request);
            request.toWebSocket();
        });
        WebSocket socket = await(vertx.createWebSocketClient().connect(port, "127.0.0.1", "/"));
        assertThat(ended).isNotDone();
        socket.close();
        ended.get(10, SECONDS);
    }

    @Test
    void aTunnelIsUnderWayUntilItsOwnerSaysThatItHasEnded() throws Exception {
        CompletableFuture<HttpServerRequest> tunnel = new CompletableFuture<>();
        int port = serve(request -> {
            request.toNetSocket();
            tunnel.complete(request);
        });
        await(vertx.createHttpClient()
                .request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(request -> request.putHeader("Connection", "Upgrade")
                        .putHeader("Upgrade", "tunnel")
                        .connect()));
        assertThat(ended).isNotDone();
        UpgradedRequests.end(tunnel.get(10, SECONDS));
        assertThat(ended).isDone();
        assertThatCode(() -> UpgradedRequests.end(tunnel.get())).doesNotThrowAnyException();
    }

    private int serve(Consumer<HttpServerRequest> upgrade) throws Exception {
        return await(vertx.createHttpServer()
                        .requestHandler(request -> {
                            var counted = new QuarkusRequestWrapper(request, null);
                            counted.addRequestDoneHandler(done -> ended.complete(null));
                            upgrade.accept(counted);
                        })
                        .listen(0))
                .actualPort();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }
}
