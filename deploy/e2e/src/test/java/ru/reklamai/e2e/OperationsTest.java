package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Connection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Stack.class)
class OperationsTest {

    private static final String POISONED = "generation-service.provider-tasks";

    private final User user = new User();

    @Test
    void theAdminApiIsForAdminsAlone() {
        Client.Answer answer = user.client.get("/api/v1/admin/reconciliation");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().path("type").asText()).isEqualTo("/problems/forbidden");
        assertThat(user.asAdmin().client.get("/api/v1/admin/reconciliation").status())
                .isEqualTo(200);
    }

    @Test
    void anAdminSeesTheGenerationsOfEverybody() {
        String id = new User().generate("google/nano-banana", "a cup");
        assertThat(user.client.get("/api/v1/admin/generations").status()).isEqualTo(403);
        Client admin = user.asAdmin().client;
        assertThat(admin.get("/api/v1/admin/generations").body().path("items").findValuesAsText("id"))
                .contains(id);
        assertThat(admin.get("/api/v1/admin/generations/" + id)
                        .body()
                        .path("prompt")
                        .asText())
                .isEqualTo("a cup");
    }

    @Test
    void anAdminSeesHowTheProviderIsAndWhatIsLeftOfOurCredits() {
        JsonNode provider = user.asAdmin().client.get("/api/v1/admin/provider").body();
        assertThat(provider.path("reachable").asBoolean()).isTrue();
        assertThat(provider.path("creditBalance").decimalValue()).isPositive();
        assertThat(provider.path("tasks").isObject()).isTrue();
    }

    @Test
    void reconciliationFindsNoTrouble() {
        JsonNode report =
                user.asAdmin().client.get("/api/v1/admin/reconciliation").body();
        assertThat(report.path("fine").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("troubles").size()).isGreaterThan(5);
    }

    @Test
    void aMessageThatCannotBeReadEndsAmongTheDeadLettersAndCanBeReplayed() throws Exception {
        User admin = user.asAdmin();
        long before = deadLetters(admin);
        publish("provider.task.failed", "no JSON");
        await().atMost(Duration.ofSeconds(30)).until(() -> deadLetters(admin) == before + 1);
        JsonNode replayed = admin.client
                .post("/api/v1/admin/dead-letters/" + POISONED + "/replay", Map.of())
                .body();
        assertThat(replayed.path("replayed").asLong()).isEqualTo(before + 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> deadLetters(admin) == before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocked=true", "credits=0"})
    void anAccountThatIsRefusedHoldsSubmissionsBackAndTheyGoOnByThemselves(String trouble) {
        var simulator = new Client(Stack.SIMULATOR);
        simulator.post("/admin/account?" + trouble, Map.of());
        String first = user.generate("google/nano-banana", "a cup");
        await().until(() -> metric("reklamai_provider_account_blocked").equals("1.0"));
        String second = user.generate("google/nano-banana", "another cup");
        assertThat(user.status(first)).isEqualTo("queued");
        simulator.post("/admin/account", Map.of());
        assertThat(user.awaitEnd(first).path("status").asText()).isEqualTo("succeeded");
        assertThat(user.awaitEnd(second).path("status").asText()).isEqualTo("succeeded");
        assertThat(metric("reklamai_provider_account_blocked")).isEqualTo("0.0");
    }

    @Test
    void aResultThatCanOnlyBeStoredAfterTheDeadlineIsTheOwnersAndFree() throws Exception {
        Path bucket = StackCommand.root().resolve(".local/s3/e2e-outputs");
        Path away = bucket.resolveSibling("e2e-outputs-away");
        Files.move(bucket, away);
        String id;
        try {
            id = user.generate("google/imagen4-fast", "a cup");
            assertThat(user.awaitEnd(id).path("error").path("code").asText()).isEqualTo("deadline");
            assertThat(user.balance()).isEqualByComparingTo("100");
        } finally {
            Files.move(away, bucket);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> user.client
                                .post("/api/v1/download", Map.of("generationId", id))
                                .status()
                        == 200);
        assertThat(user.status(id)).isEqualTo("failed");
        assertThat(user.balance()).isEqualByComparingTo("100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status-service", "api-gateway"})
    void aStopSendsSocketsAwayWithAHintToComeBack(String service) {
        try (Updates updates = user.client.connect("", update -> {})) {
            Stack.COMMAND.run("stop-service", service);
            assertThat(updates.closed()).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(1012);
        } finally {
            Stack.COMMAND.run("start-service", service);
        }
    }

    private static long deadLetters(User admin) {
        for (JsonNode queue :
                admin.client.get("/api/v1/admin/dead-letters").body().path("items")) {
            if (queue.path("queue").asText().equals(POISONED)) {
                return queue.path("count").asLong();
            }
        }
        return -1;
    }

    private static String metric(String name) {
        String metrics = new String(
                new Client("http://127.0.0.1:28083").get("/q/metrics").raw().body(), StandardCharsets.UTF_8);
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("");
    }

    private static void publish(String routingKey, String body) throws Exception {
        try (Connection connection = Stack.broker();
                var channel = connection.createChannel()) {
            channel.basicPublish("reklamai", routingKey, null, body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
