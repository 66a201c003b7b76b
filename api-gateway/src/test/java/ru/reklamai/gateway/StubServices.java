package ru.reklamai.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Stands where the services would: each answers with its name and the request as it arrived. A socket answers with what
 * it hears, or with its handshake; {@code ?refuse=STATUS} refuses it.
 */
public final class StubServices implements QuarkusTestResourceLifecycleManager {

    private static final List<String> NAMES = List.of("auth", "generation", "worker", "status");

    private final Vertx vertx = Vertx.vertx();

    @Override
    public Map<String, String> start() {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String name : NAMES) {
            int port = vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("bearer"))
                    .requestHandler(request -> answer(name, request))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .actualPort();
            addresses.put("reklamai.gateway." + name, "http://127.0.0.1:" + port);
        }
        return addresses;
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void answer(String service, HttpServerRequest request) {
        if (request.getParam("refuse") != null) {
            request.response()
                    .setStatusCode(Integer.parseInt(request.getParam("refuse")))
                    .end();
        } else if (request.headers().contains("Upgrade")) {
            request.toWebSocket().onSuccess(StubServices::converse);
        } else if (request.path().endsWith("/updates")) {
            request.response()
                    .setChunked(true)
                    .putHeader("Content-Type", "text/event-stream")
                    .write("data: hello\n\n");
        } else {
            request.body().onSuccess(body -> request.response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("X-From-Service", service)
                    .end(described(request)
                            .put("service", service)
                            .put("bytes", body.length())
                            .toBuffer()));
        }
    }

    private static JsonObject described(HttpServerRequest request) {
        return new JsonObject()
                .put("method", request.method().name())
                .put("uri", request.uri())
                .put("headers", toJson(request.headers()));
    }

    private static JsonObject toJson(MultiMap headers) {
        var json = new JsonObject();
        headers.forEach((name, value) -> json.put(name.toLowerCase(Locale.ROOT), value));
        return json;
    }

    private static void converse(ServerWebSocket socket) {
        String handshake = new JsonObject()
                .put("uri", socket.uri())
                .put("headers", toJson(socket.headers()))
                .encode();
        socket.textMessageHandler(
                message -> socket.writeTextMessage(message.equals("handshake") ? handshake : message));
    }
}
