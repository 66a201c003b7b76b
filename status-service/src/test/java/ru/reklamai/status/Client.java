package ru.reklamai.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A live connection as a client sees it: what arrived, line by line or message by message, and how it ended. */
final class Client implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final List<String> received = new CopyOnWriteArrayList<>();
    /** The close code of a WebSocket, the status of a response. */
    final CompletableFuture<Integer> ended = new CompletableFuture<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private final StringBuilder message = new StringBuilder();
    private CompletableFuture<WebSocket> socket = new CompletableFuture<>();

    static Client overWebSocket(URI address, String token, String language) {
        var client = new Client();
        client.socket = client.http
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .header("Accept-Language", language)
                .buildAsync(URI.create(address.toString().replaceFirst("^http", "ws")), client);
        return client;
    }

    static Client overSse(URI address, String token, String language, String... headers) {
        var client = new Client();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Accept-Language", language);
        if (headers.length > 0) {
            request.headers(headers);
        }
        var unused = client.http
                .sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
                .thenApplyAsync(client::readAll)
                .whenComplete((status, failure) -> client.ended.complete(failure == null ? status : -1));
        return client;
    }

    private int readAll(HttpResponse<Stream<String>> response) {
        response.body().forEach(received::add);
        return response.statusCode();
    }

    /** Returns the updates that have arrived, however they came. */
    List<JsonNode> updates() {
        return received.stream()
                .map(line -> line.replaceFirst("^data:", ""))
                .filter(line -> line.startsWith("{"))
                .map(Client::parse)
                .toList();
    }

    List<String> ids() {
        return updates().stream().map(update -> update.path("id").asText()).toList();
    }

    void send(String text) {
        var unused = socket.join().sendText(text, true).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            received.add(message.toString());
            message.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        ended.complete(statusCode);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        ended.completeExceptionally(error);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        var unused = socket.thenAccept(WebSocket::abort);
        http.shutdownNow();
    }
}
