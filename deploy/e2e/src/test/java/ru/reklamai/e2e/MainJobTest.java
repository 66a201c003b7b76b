package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Stack.class)
class MainJobTest {

    private static final String MODEL = "google/nano-banana";

    private final User user = new User();

    @AfterAll
    static void everyBalanceIsWhatItsLedgerSays() {
        assertThat(Stack.COMMAND.number("SELECT count(*) FROM studio.credit_discrepancies"))
                .isZero();
    }

    @Test
    void anImageIsMadePaidForAndSeenLive() {
        try (Updates updates = user.client.connect("", update -> {})) {
            String id = user.generate(MODEL, "a cup");
            assertThat(user.awaitEnd(id).path("status").asText()).isEqualTo("succeeded");
            await().until(() ->
                    updates.of(id).stream().anyMatch(update -> update.status().equals("succeeded")));
            List<Integer> versions = updates.of(id).stream()
                    .map(update -> update.message().path("version").asInt())
                    .toList();
            assertThat(versions).doesNotHaveDuplicates().isSorted();
            String url = user.client
                    .post("/api/v1/download", Map.of("generationId", id))
                    .body()
                    .path("url")
                    .asText();
            assertThat(user.client.download(url).raw().body()).startsWith(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
            assertThat(user.balance()).isEqualByComparingTo("99");
        }
    }

    @Test
    void theThumbnailIsAWebpImage() {
        String preview =
                user.awaitEnd(user.generate(MODEL, "a cup")).path("previewUrl").asText();
        byte[] file = user.client.download(preview).raw().body();
        assertThat(new String(file, 8, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("WEBP");
    }

    @ParameterizedTest
    @CsvSource({
        "[fail], provider-failed",
        "[refuse], provider-refused",
        "[blocked], content-refused",
        "[forgotten], provider-lost-task",
        "[empty-file], result-unavailable",
        "[wrong-type], result-unavailable",
        "[no-url], result-missing",
        "[broken-json], result-missing",
        "[missing-file], result-unavailable",
        "[html-file], result-unavailable"
    })
    void whatGoesWrongForGoodIsSaidAndRefunded(String fault, String code) {
        JsonNode generation = user.awaitEnd(user.generate(MODEL, fault));
        assertThat(generation.path("status").asText()).isEqualTo("failed");
        assertThat(generation.path("error").path("code").asText()).isEqualTo(code);
        assertThat(user.balance()).isEqualByComparingTo("100");
        assertThat(user.reserved()).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[drop-answer]",
                "[slow-answer]",
                "[error-500]",
                "[timeout-408]",
                "[rate-limited]",
                "[maintenance]",
                "[html]",
                "[unknown-first]",
                "[query-500]",
                "[query-html]",
                "[expired-url]",
                "[expired-status-url]",
                "[busy-file]",
                "[early-callback]",
                "[repeat-callback]",
                "[forged-callback]",
                "[no-callback]"
            })
    void whatGoesWrongOnTheWayCostsOneTaskAndSucceeds(String fault) {
        String marker = "marker " + System.nanoTime();
        JsonNode generation = user.awaitEnd(user.generate(MODEL, fault + marker));
        assertThat(generation.path("status").asText()).isEqualTo("succeeded");
        assertThat(paidTasks(marker)).isEqualTo(1);
        assertThat(user.balance()).isEqualByComparingTo("99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error-500", "no-money"})
    void aPassingErrorOfTheProviderIsWaitedOut(String fault) {
        assertThat(new Client(Stack.SIMULATOR)
                        .post("/admin/faults/" + fault + "?times=1", Map.of())
                        .status())
                .isEqualTo(204);
        assertThat(user.awaitEnd(user.generate(MODEL, "a cup")).path("status").asText())
                .isEqualTo("succeeded");
    }

    @Test
    void aTaskThatNeverEndsFailsAtItsDeadlineWithARefund() {
        JsonNode generation = user.awaitEnd(user.generate("google/imagen4-fast", "[never]"));
        assertThat(generation.path("error").path("code").asText()).isEqualTo("deadline");
        assertThat(user.balance()).isEqualByComparingTo("100");
    }

    @Test
    void whatWasMissedIsHeardAfterAReconnect() {
        Instant before = Instant.now();
        String id = user.generate(MODEL, "a cup");
        user.awaitEnd(id);
        try (Updates updates = user.client.connect("?since=" + before, update -> {})) {
            await().until(() ->
                    updates.of(id).stream().anyMatch(update -> update.status().equals("succeeded")));
            assertThat(updates.of(id)).hasSize(1);
        }
    }

    @Test
    void anActiveGenerationIsInTheSnapshotOfANewConnection() {
        String id = user.generate(MODEL, "[slow]");
        try (Updates updates = user.client.connect("", update -> {})) {
            await().until(() -> !updates.of(id).isEmpty());
            assertThat(updates.of(id).getFirst().status()).isIn("queued", "processing");
        }
    }

    @Test
    void theEventStreamOfAGenerationEndsWithIt() {
        String id = user.generate(MODEL, "a cup");
        List<JsonNode> events = user.client.stream(id);
        assertThat(events.getLast().path("status").asText()).isEqualTo("succeeded");
        assertThat(user.client.stream(id)).hasSize(1);
    }

    @Test
    void updatesReachTheirOwnerAlone() {
        User other = new User();
        try (Updates updates = user.client.connect("", update -> {});
                Updates foreign = other.client.connectBySubprotocol()) {
            String id = user.generate(MODEL, "a cup");
            await().atMost(Duration.ofSeconds(30)).until(() -> updates.of(id).stream()
                    .anyMatch(update -> update.status().equals("succeeded")));
            assertThat(foreign.all()).isEmpty();
            assertThat(other.client.get("/api/v1/generations/" + id).status()).isEqualTo(404);
            assertThat(other.client.get("/api/v1/generations/" + id + "/stream").status())
                    .isEqualTo(404);
            assertThat(other.client
                            .post("/api/v1/download", Map.of("generationId", id))
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aSocketWithAWrongFreshTokenIsClosed() {
        try (Updates updates = user.client.connect("", update -> {})) {
            updates.send("{\"type\":\"token\",\"token\":\"" + new User().client.accessToken() + "\"}");
            assertThat(updates.closed()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(4401);
        }
    }

    private static long paidTasks(String marker) {
        long count = 0;
        for (JsonNode task :
                new Client(Stack.SIMULATOR).get("/admin/tasks").body().path("newest")) {
            count += task.path("param").asText().contains(marker) ? 1 : 0;
        }
        return count;
    }
}
