package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Stack.class)
class CancellationTest {

    private static final String MODEL = "google/nano-banana";

    private final User user = new User();

    @AfterEach
    void theSettingIsAsItWas() {
        Stack.COMMAND.execute("UPDATE studio.admin_settings SET value = 'true' WHERE key = 'refund_on_cancel'");
    }

    @Test
    void whatWaitsIsCancelledWithARefundAndNeverSubmitted() {
        var simulator = new Client(Stack.SIMULATOR);
        simulator.post("/admin/account?blocked=true", Map.of());
        try {
            String id = user.generate(MODEL, "never to be made");
            assertThat(user.cancel(id)).isEqualTo("cancelled");
            assertThat(user.balance()).isEqualByComparingTo("100");
            await().until(() -> tasks(id, "status = 'failed' AND provider_task_id IS NULL") == 1);
        } finally {
            simulator.post("/admin/account", Map.of());
        }
    }

    @Test
    void whatRunsIsCancelledWithARefundAndItsOutcomeIsOnlyAccountedFor() {
        String id = user.generate(MODEL, "a cup");
        await().until(() -> user.status(id).equals("processing"));
        assertThat(user.cancel(id)).isEqualTo("cancelled");
        assertThat(user.balance()).isEqualByComparingTo("100");
        await().atMost(Duration.ofSeconds(30)).until(() -> tasks(id, "status = 'succeeded' AND assets = '[]'") == 1);
        assertThat(user.client
                        .post("/api/v1/download", Map.of("generationId", id))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void withoutRefundsWhatRunsIsPaidForAndItsFileIsTheOwners() {
        Stack.COMMAND.execute("UPDATE studio.admin_settings SET value = 'false' WHERE key = 'refund_on_cancel'");
        String id = user.generate(MODEL, "a cup");
        await().until(() -> user.status(id).equals("processing"));
        assertThat(user.cancel(id)).isEqualTo("cancelled");
        assertThat(user.balance()).isEqualByComparingTo("99");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> user.client
                                .post("/api/v1/download", Map.of("generationId", id))
                                .status()
                        == 200);
        assertThat(user.status(id)).isEqualTo("cancelled");
    }

    @Test
    void aRepeatChangesNothingAndTheEndedCannotBeCancelled() {
        String cancelled = user.generate(MODEL, "[slow]");
        user.cancel(cancelled);
        assertThat(user.cancel(cancelled)).isEqualTo("cancelled");
        assertThat(user.balance()).isEqualByComparingTo("100");
        String ended = user.generate(MODEL, "a cup");
        user.awaitEnd(ended);
        Client.Answer late = user.client.post("/api/v1/generations/" + ended + "/cancel", Map.of());
        assertThat(late.status()).isEqualTo(409);
    }

    @Test
    void anothersGenerationCannotBeCancelled() {
        String id = user.generate(MODEL, "[slow]");
        assertThat(new User()
                        .client
                        .post("/api/v1/generations/" + id + "/cancel", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(user.status(id)).isNotEqualTo("cancelled");
    }

    @Test
    void aRaceWithSuccessEndsInOneOfBothAndIsSettledOnce() {
        List<String> ids = IntStream.range(0, 8)
                .mapToObj(i -> user.generate(MODEL, "race " + i))
                .toList();
        ids.parallelStream().forEach(id -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> !user.status(id).equals("queued"));
            user.client.post("/api/v1/generations/" + id + "/cancel", Map.of());
        });
        long succeeded = ids.stream()
                .filter(id -> user.awaitEnd(id).path("status").asText().equals("succeeded"))
                .count();
        assertThat(user.balance()).isEqualByComparingTo(String.valueOf(100 - succeeded));
        assertThat(user.reserved()).isEqualByComparingTo("0");
    }

    /** Counts the generation's tasks of which that is true. */
    private static long tasks(String generationId, String condition) {
        return Stack.COMMAND.number("SELECT count(*) FROM provider.provider_tasks WHERE generation_id = '"
                + generationId + "' AND cancelled_at IS NOT NULL AND " + condition);
    }
}
