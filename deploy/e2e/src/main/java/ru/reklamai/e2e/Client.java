package ru.reklamai.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The system as a user's program sees it: everything through the gateway. */
public final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final String gateway;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile String accessToken = "";

    public Client(String gateway) {
        this.gateway = gateway;
    }

    /** @param millis from request to answer */
    public record Answer(int status, JsonNode body, HttpResponse<byte[]> raw, double millis) {}

    public String gateway() {
        return gateway;
    }

    public String accessToken() {
        return accessToken;
    }

    public void useToken(String token) {
        accessToken = token;
    }

    /** Registers, or logs in where the account exists, and keeps the token. */
    public Answer enter(String email, String password) {
        Map<String, Object> credentials = Map.of("email", email, "password", password);
        Answer answer = post("/api/v1/auth/register", credentials);
        if (answer.status() == 409) {
            answer = post("/api/v1/auth/login", credentials);
        }
        accessToken = answer.body().path("accessToken").asText();
        return answer;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, Object body, String... headers) {
        HttpRequest.Builder request = request(path)
                .POST(HttpRequest.BodyPublishers.ofString(write(body)))
                .header("Content-Type", "application/json");
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Puts a file at a presigned address, without our token. */
    public int put(String url, byte[] content) {
        return send(HttpRequest.newBuilder(URI.create(url)).PUT(HttpRequest.BodyPublishers.ofByteArray(content)))
                .status();
    }

    public Answer download(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    /** @param query after the path, as in {@code ?since=…}; may be empty */
    public Updates connect(String query, Consumer<Updates.Update> listener) {
        var updates = new Updates(listener);
        String address = gateway.replaceFirst("^http", "ws") + "/ws" + query;
        updates.socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + accessToken)
                .connectTimeout(TIMEOUT)
                .buildAsync(URI.create(address), updates)
                .join();
        return updates;
    }

    /** The same with the token as a subprotocol, as a browser would. */
    public Updates connectBySubprotocol() {
        var updates = new Updates(update -> {});
        updates.socket = http.newWebSocketBuilder()
                .subprotocols("bearer", accessToken)
                .buildAsync(URI.create(gateway.replaceFirst("^http", "ws") + "/ws"), updates)
                .join();
        return updates;
    }

    /** Returns the data of a generation's server-sent events until its stream ends. */
    public List<JsonNode> stream(String generationId) {
        try {
            HttpResponse<java.util.stream.Stream<String>> response = http.send(
                    request("/api/v1/generations/" + generationId + "/stream")
                            .GET()
                            .build(),
                    HttpResponse.BodyHandlers.ofLines());
            List<JsonNode> events = new ArrayList<>();
            response.body()
                    .filter(line -> line.startsWith("data:"))
                    .forEach(line -> events.add(parse(line.substring("data:".length()))));
            return events;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway + path)).timeout(Duration.ofMinutes(2));
        return accessToken.isEmpty() ? request : request.header("Authorization", "Bearer " + accessToken);
    }

    private Answer send(HttpRequest.Builder request) {
        long startedAt = System.nanoTime();
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            double millis = (System.nanoTime() - startedAt) / 1e6;
            boolean isJson = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.contains("json"))
                    .isPresent();
            JsonNode body = isJson ? JSON.readTree(response.body()) : JSON.missingNode();
            return new Answer(response.statusCode(), body, response, millis);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON: " + text, e);
        }
    }
}
