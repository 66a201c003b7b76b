package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A freshly registered user of the tests' stack. */
public final class User {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final List<String> ENDED = List.of("succeeded", "failed", "cancelled");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String PASSWORD = "correct horse";

    public final Client client = new Client(Stack.GATEWAY);
    private final String email = "user" + COUNTER.incrementAndGet() + "-" + System.nanoTime() + "@example.org";

    public User() {
        assertThat(client.enter(email, PASSWORD).status()).isEqualTo(201);
    }

    public String generate(String modelKey, String prompt) {
        Client.Answer answer = order(modelKey, prompt);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        return answer.body().path("generationId").asText();
    }

    public Client.Answer order(String modelKey, String prompt, String... headers) {
        return order("image-gen", modelKey, prompt, Map.of(), headers);
    }

    public Client.Answer order(
            String presetKey, String modelKey, String prompt, Map<String, Object> input, String... headers) {
        return client.post(
                "/api/v1/generate",
                Map.of("presetKey", presetKey, "modelKey", modelKey, "prompt", prompt, "input", input),
                headers);
    }

    String cancel(String generationId) {
        Client.Answer answer = client.post("/api/v1/generations/" + generationId + "/cancel", Map.of());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().path("status").asText();
    }

    String status(String generationId) {
        return client.get("/api/v1/generations/" + generationId)
                .body()
                .path("status")
                .asText();
    }

    /** Becomes an admin, by the database as an operator would, and logs in again. */
    public User asAdmin() {
        Stack.COMMAND.execute("UPDATE auth.users SET role = 'admin' WHERE email = '" + email + "'");
        client.enter(email, PASSWORD);
        return this;
    }

    public JsonNode awaitEnd(String generationId) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> client.get("/api/v1/generations/" + generationId).body(),
                        generation -> ENDED.contains(generation.path("status").asText()));
    }

    BigDecimal balance() {
        return client.get("/api/v1/credits").body().path("balance").decimalValue();
    }

    BigDecimal reserved() {
        return client.get("/api/v1/credits").body().path("reserved").decimalValue();
    }
}
