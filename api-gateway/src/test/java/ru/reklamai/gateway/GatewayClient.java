package ru.reklamai.gateway;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the gateway under test, with or without a token. */
public final class GatewayClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final List<String> headers = new ArrayList<>();

    public GatewayClient(URI base) {
        this.base = base;
    }

    public GatewayClient withToken(String token) {
        return withHeader("Authorization", "Bearer " + token);
    }

    public GatewayClient withHeader(String name, String value) {
        var client = new GatewayClient(base);
        client.headers.addAll(headers);
        client.headers.addAll(List.of(name, value));
        return client;
    }

    public record Answer(HttpResponse<String> raw) {

        public int status() {
            return raw.statusCode();
        }

        public JsonObject json() {
            return new JsonObject(raw.body());
        }

        /** Returns empty text for a header that isn't there. */
        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        /** Returns a header of the request as the service got it. */
        public Optional<String> arrivedHeader(String name) {
            return Optional.ofNullable(json().getJsonObject("headers").getString(name));
        }
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Answer post(String path, String body) {
        return send("POST", path, BodyPublishers.ofString(body));
    }

    public Answer send(String method, String path, BodyPublisher body) {
        try {
            return new Answer(HTTP.send(request(path).method(method, body).build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts to read an answer that doesn't end by itself. */
    public HttpResponse<java.io.InputStream> stream(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base.resolve("/") + path.substring(1)));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return request;
    }

    /** A socket with all that was heard on it; the code that it was closed with stands in {@link #closed}. */
    public static final class Socket implements WebSocket.Listener {

        public final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private WebSocket socket;

        public String ask(String message) throws InterruptedException {
            socket.sendText(message, true).join();
            return Optional.ofNullable(heard.poll(5, TimeUnit.SECONDS)).orElse("nothing");
        }

        public String subprotocol() {
            return socket.getSubprotocol();
        }

        public void say(String message) {
            socket.sendText(message, true).join();
        }

        public void leave() {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                heard.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.add(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.add(1006);
        }
    }

    public Socket connect(String path, String... subprotocols) {
        var listener = new Socket();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.size(); i += 2) {
            builder.header(headers.get(i), headers.get(i + 1));
        }
        if (subprotocols.length > 0) {
            builder.subprotocols(
                    subprotocols[0],
                    List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new));
        }
        URI address = URI.create("ws" + base.resolve("/").toString().substring("http".length()) + path.substring(1));
        listener.socket = builder.buildAsync(address, listener).join();
        return listener;
    }

    /** Returns the status that an attempt to connect is refused with. */
    public int refusal(String path, String... subprotocols) {
        try {
            connect(path, subprotocols).leave();
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }
}
