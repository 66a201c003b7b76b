package ru.reklamai.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a user has ordered: tells of what has a name as its updates arrive, and knows what has ended. */
final class Orders {

    private static final List<String> ENDED = List.of("succeeded", "failed", "cancelled");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Client client;
    private final Terminal terminal;
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();
    private final List<Long> pushDelays = new ArrayList<>();

    Orders(Client client, Terminal terminal) {
        this.client = client;
        this.terminal = terminal;
    }

    /** Returns the generation's id. */
    String place(String name, Map<String, Object> request) {
        Client.Answer answer = client.post("/api/v1/generate", request);
        String id =
                terminal.expect(202, answer, "generate").path("generationId").asText();
        names.put(id, name);
        terminal.line("%-8s ordered, answered in %.1f ms, %s credits reserved"
                .formatted(
                        name,
                        answer.millis(),
                        answer.body().path("reservedCredits").asText()));
        return id;
    }

    /** Returns the name that it was given, else its id. */
    String nameOf(String id) {
        return names.getOrDefault(id, id);
    }

    void take(Updates.Update update) {
        String id = update.generationId();
        Instant committedAt = Instant.parse(update.message().path("at").asText());
        long delay = Duration.between(committedAt, update.receivedAt()).toMillis();
        synchronized (pushDelays) {
            pushDelays.add(delay);
        }
        if (names.containsKey(id)) {
            tell(update, delay);
        }
        if (ENDED.contains(update.status())) {
            end(id).countDown();
        }
    }

    private void tell(Updates.Update update, long delay) {
        String progress = update.message().has("progress")
                ? update.message().path("progress").asText() + " %"
                : "";
        String error = update.message().path("error").path("message").asText("");
        terminal.line("%-8s %-10s %-6s +%d ms after its commit  %s"
                .formatted(nameOf(update.generationId()), update.status(), progress, delay, error));
    }

    void awaitEnd(String id) throws InterruptedException {
        boolean ended = end(id).await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (names.containsKey(id) || !ended) {
            terminal.check(ended, nameOf(id) + " has ended");
        }
    }

    private CountDownLatch end(String id) {
        return ends.computeIfAbsent(id, key -> new CountDownLatch(1));
    }

    /** Returns the milliseconds from commit to arrival of every update so far, the shortest first. */
    List<Long> pushDelays() {
        synchronized (pushDelays) {
            return pushDelays.stream().sorted().toList();
        }
    }
}
