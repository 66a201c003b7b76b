package ru.reklamai.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Live updates of a user, in the order of their arrival. */
public final class Updates implements WebSocket.Listener, AutoCloseable {

    private final List<Update> all = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Consumer<Update> listener;
    WebSocket socket;

    /** @param receivedAt by this machine's clock */
    public record Update(JsonNode message, Instant receivedAt) {

        public String status() {
            return message.path("status").asText();
        }

        public String generationId() {
            return message.path("generationId").asText();
        }
    }

    Updates(Consumer<Update> listener) {
        this.listener = listener;
    }

    public List<Update> all() {
        return List.copyOf(all);
    }

    public List<Update> of(String generationId) {
        return all.stream()
                .filter(update -> update.generationId().equals(generationId))
                .toList();
    }

    /** Completes with the close code. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    public void send(String text) {
        socket.sendText(text, true).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            Update update = new Update(Client.parse(partial.toString()), Instant.now());
            partial.setLength(0);
            all.add(update);
            listener.accept(update);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
