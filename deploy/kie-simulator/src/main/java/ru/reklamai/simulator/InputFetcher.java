package ru.reklamai.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fetches the files that a request names, as KIE does: what it can't reach it can't work with. */
@ApplicationScoped
class InputFetcher {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    Optional<String> firstUnreachable(JsonNode body) {
        List<String> urls = new ArrayList<>();
        collect(body, urls);
        urls.remove(body.path("callBackUrl").asText(""));
        return urls.stream().filter(url -> !isReachable(url)).findFirst();
    }

    private static void collect(JsonNode node, List<String> urls) {
        if (node.isTextual() && node.asText().matches("https?://\\S+")) {
            urls.add(node.asText());
        }
        node.forEach(child -> collect(child, urls));
    }

    private boolean isReachable(String url) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
