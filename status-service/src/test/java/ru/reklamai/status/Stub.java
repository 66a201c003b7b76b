package ru.reklamai.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.ConfigProvider;

/** Another service, as far as this one needs it: fixed answers by path and bearer token. */
public final class Stub implements AutoCloseable {

    public record Request(String path, String query, String bearer, String acceptLanguage) {}

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private Stub(HttpServer server) {
        this.server = server;
    }

    /** @param setting holds the address at which it stands in for the other service */
    public static Stub at(String setting) throws IOException {
        URI url = ConfigProvider.getConfig().getValue(setting, URI.class);
        var stub = new Stub(HttpServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 100));
        stub.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        stub.server.createContext("/", stub::handle);
        stub.server.start();
        return stub;
    }

    public void answer(String path, String bearer, int status, String body) {
        answers.put(path + " " + bearer, new Answer(status, body));
    }

    public List<Request> requestsOf(String bearer) {
        return requests.stream()
                .filter(request -> request.bearer().equals(bearer))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var request = new Request(
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getQuery(),
                header(exchange, "Authorization").replaceFirst("^Bearer ", ""),
                header(exchange, "Accept-Language"));
        requests.add(request);
        Answer answer = answers.getOrDefault(request.path() + " " + request.bearer(), new Answer(404, "{}"));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
