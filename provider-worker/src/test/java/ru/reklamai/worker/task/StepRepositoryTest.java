package ru.reklamai.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.GenerationCancelled;
import ru.reklamai.events.GenerationRequested;

@QuarkusTest
@TestProfile(StepRepositoryTest.WithoutLoop.class)
class StepRepositoryTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject
    StepRepository steps;

    @Inject
    ProviderTaskRepository tasks;

    @Inject
    ProviderTaskRowsRepository rows;

    private final UUID busy = UuidCreator.getTimeOrderedEpoch();
    private final UUID modest = UuidCreator.getTimeOrderedEpoch();

    public static final class WithoutLoop implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("reklamai.loop.enabled", "false");
        }
    }

    @BeforeEach
    void noOtherTasks() {
        rows.query("DELETE FROM provider.provider_tasks", Tuple.tuple());
    }

    @Test
    void aPersonWhoIsGoneLeavesNothingInTheTasksAndNothingIsSubmittedForThem() {
        insert(busy);
        insert(modest);
        assertThat(tasks.erase(busy)).isEqualTo(1);
        var left = rows.query(
                "SELECT count(*) FROM provider.provider_tasks WHERE user_id = $1 AND input = '{}' AND files = '[]' "
                        + "AND cancelled_at IS NOT NULL AND NOT result_wanted",
                Tuple.of(busy));
        assertThat(left.iterator().next().getLong(0)).isEqualTo(1);
        assertThat(tasks.health().get("pending").tasks()).isEqualTo(2);
    }

    @Test
    void oneUsersManyTasksDontHoldUpAnothersFirst() {
        for (int i = 0; i < 50; i++) {
            insert(busy);
        }
        insert(modest);
        assertThat(steps.claimToSubmit(4, LEASE))
                .extracting(ProviderTask::userId)
                .contains(modest);
    }

    @Test
    void workersNeverClaimTheSameTask() {
        for (int i = 0; i < 40; i++) {
            insert(busy);
        }
        List<UUID> claimed = Stream.generate(() -> CompletableFuture.supplyAsync(() -> steps.claimToSubmit(10, LEASE)))
                .limit(8)
                .toList()
                .stream()
                .flatMap(claim -> claim.join().stream())
                .map(ProviderTask::generationId)
                .toList();
        assertThat(claimed).doesNotHaveDuplicates();
    }

    @Test
    void aStepWhoseLeaseIsGoneWritesNothing() {
        UUID id = insert(busy);
        ProviderTask late = steps.claimToSubmit(1, Duration.ZERO).getFirst();
        ProviderTask next = steps.claimToSubmit(1, LEASE).getFirst();
        assertThat(steps.fail(late, new ErrorInfo("late", "Late."), Optional.empty()))
                .isEmpty();
        assertThat(steps.startSubmitting(next, LEASE))
                .map(ProviderTask::generationId)
                .contains(id);
    }

    @Test
    void aCallbackThatOvertakesTheAnswerOfCreateIsNoSecondTask() {
        UUID id = insert(busy);
        ProviderTask submitting = steps.startSubmitting(claim(), LEASE).orElseThrow();
        tasks.hint(id, "task-1");
        ProviderTask running = steps.submitted(submitting, "task-1", LEASE).orElseThrow();
        assertThat(running.status()).isEqualTo(ProviderTask.Status.RUNNING);
        assertThat(duplicates(id)).isZero();
        assertThat(steps.claimAtProvider(1, LEASE)).hasSize(1);
    }

    @Test
    void aRepeatedSubmissionIsCountedAndSoIsTheTaskItMade() {
        UUID id = insert(busy);
        steps.startSubmitting(claim(), Duration.ZERO);
        rows.query("UPDATE provider.provider_tasks SET leased_until = now()", Tuple.tuple());
        ProviderTask again = steps.startSubmitting(claim(), LEASE).orElseThrow();
        tasks.hint(id, "task-1");
        steps.submitted(again, "task-2", LEASE);
        assertThat(duplicates(id)).isEqualTo(1);
        assertThat(number("SELECT resubmissions AS n FROM provider.provider_tasks WHERE generation_id = $1", id))
                .isEqualTo(1);
    }

    @Test
    void aCancellationThatOvertakesItsOrderStopsIt() {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        tasks.cancel(new GenerationCancelled(
                id, GenerationCancelled.TYPE, 2, Instant.now(), id, busy, "market", "m", "image", false));
        assertThat(tasks.insert(order(id, busy), Optional.empty())).isFalse();
        assertThat(steps.claimToSubmit(10, LEASE)).isEmpty();
    }

    @Test
    void whatIsSubmittedWhileItIsCancelledIsWatchedOn() {
        UUID id = insert(busy);
        ProviderTask submitting = steps.startSubmitting(claim(), LEASE).orElseThrow();
        tasks.cancel(new GenerationCancelled(
                id, GenerationCancelled.TYPE, 2, Instant.now(), id, busy, "market", "m", "image", false));
        ProviderTask running =
                steps.submitted(submitting, "task-1", Duration.ZERO).orElseThrow();
        assertThat(running.status()).isEqualTo(ProviderTask.Status.RUNNING);
        assertThat(running.resultWanted()).isFalse();
    }

    @Test
    void aStoppingWorkerGivesItsTasksBackAtOnceButForSubmissionsUnderWay() {
        insert(busy);
        ProviderTask submitting = steps.startSubmitting(claim(), LEASE).orElseThrow();
        steps.release(List.of(submitting.leaseId()));
        assertThat(steps.claimToSubmit(1, LEASE)).isEmpty();
        steps.submitted(submitting, "task-1", Duration.ZERO);
        ProviderTask polling = steps.claimAtProvider(1, LEASE).getFirst();
        assertThat(steps.claimAtProvider(1, LEASE)).isEmpty();
        steps.release(List.of(polling.leaseId()));
        assertThat(steps.claimAtProvider(1, LEASE)).hasSize(1);
    }

    private ProviderTask claim() {
        return steps.claimToSubmit(1, LEASE).getFirst();
    }

    private UUID insert(UUID user) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        assertThat(tasks.insert(order(id, user), Optional.empty())).isTrue();
        return id;
    }

    private static GenerationRequested order(UUID id, UUID user) {
        return new GenerationRequested(
                id,
                GenerationRequested.TYPE,
                1,
                Instant.now(),
                id,
                user,
                "market",
                "m",
                "image",
                Map.of("prompt", "a cup"),
                new ArrayList<>(),
                Instant.now().plus(Duration.ofHours(1)));
    }

    private long duplicates(UUID id) {
        return number(
                "SELECT cardinality(duplicate_task_ids) AS n FROM provider.provider_tasks WHERE generation_id = $1",
                id);
    }

    private long number(String sql, UUID id) {
        return rows.query(sql, Tuple.of(id)).iterator().next().getInteger("n");
    }
}
