package ru.reklamai.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.ErrorInfo;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class StepRepositoryTest {

    @Inject
    TestTasks testTasks;

    @Inject
    ClaimRepository claims;

    @Inject
    StepRepository steps;

    @Inject
    ProviderTaskRepository tasks;

    @Inject
    ProviderTaskRowsRepository rows;

    private final UUID busy = UuidCreator.getTimeOrderedEpoch();
    private final UUID modest = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
    }

    @Test
    void aPersonWhoIsGoneLeavesNothingInTheTasksAndNothingIsSubmittedForThem() {
        testTasks.insert(busy);
        testTasks.insert(modest);
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
            testTasks.insert(busy);
        }
        testTasks.insert(modest);
        assertThat(claims.toSubmit(4, TestTasks.LEASE))
                .extracting(ProviderTask::userId)
                .contains(modest);
    }

    @Test
    void workersNeverClaimTheSameTask() {
        for (int i = 0; i < 40; i++) {
            testTasks.insert(busy);
        }
        List<UUID> claimed = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> claims.toSubmit(10, TestTasks.LEASE)))
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
        UUID id = testTasks.insert(busy);
        ProviderTask late = claims.toSubmit(1, Duration.ZERO).getFirst();
        ProviderTask next = claims.toSubmit(1, TestTasks.LEASE).getFirst();
        assertThat(steps.fail(late, new ErrorInfo("late", "Late."), Optional.empty()))
                .isEmpty();
        assertThat(steps.startSubmitting(next, TestTasks.LEASE))
                .map(ProviderTask::generationId)
                .contains(id);
    }

    @Test
    void aCallbackThatOvertakesTheAnswerOfCreateIsNoSecondTask() {
        UUID id = testTasks.insert(busy);
        ProviderTask submitting =
                steps.startSubmitting(testTasks.claim(), TestTasks.LEASE).orElseThrow();
        tasks.hint(id, "task-1");
        ProviderTask running =
                steps.submitted(submitting, "task-1", TestTasks.LEASE).orElseThrow();
        assertThat(running.status()).isEqualTo(ProviderTask.Status.RUNNING);
        assertThat(duplicates(id)).isZero();
        assertThat(claims.atProvider(1, TestTasks.LEASE)).hasSize(1);
    }

    @Test
    void aRepeatedSubmissionIsCountedAndSoIsTheTaskItMade() {
        UUID id = testTasks.insert(busy);
        steps.startSubmitting(testTasks.claim(), Duration.ZERO);
        testTasks.endLeases();
        ProviderTask again =
                steps.startSubmitting(testTasks.claim(), TestTasks.LEASE).orElseThrow();
        tasks.hint(id, "task-1");
        steps.submitted(again, "task-2", TestTasks.LEASE);
        assertThat(duplicates(id)).isEqualTo(1);
        assertThat(number("SELECT resubmissions AS n FROM provider.provider_tasks WHERE generation_id = $1", id))
                .isEqualTo(1);
    }

    @Test
    void aCancellationThatOvertakesItsOrderStopsIt() {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        testTasks.cancel(id, busy);
        assertThat(tasks.insert(TestTasks.order(id, busy), Optional.empty())).isFalse();
        assertThat(claims.toSubmit(10, TestTasks.LEASE)).isEmpty();
    }

    @Test
    void whatIsSubmittedWhileItIsCancelledIsWatchedOn() {
        UUID id = testTasks.insert(busy);
        ProviderTask submitting =
                steps.startSubmitting(testTasks.claim(), TestTasks.LEASE).orElseThrow();
        testTasks.cancel(id, busy);
        ProviderTask running =
                steps.submitted(submitting, "task-1", Duration.ZERO).orElseThrow();
        assertThat(running.status()).isEqualTo(ProviderTask.Status.RUNNING);
        assertThat(running.resultWanted()).isFalse();
    }

    @Test
    void aStoppingWorkerGivesItsTasksBackAtOnceButForSubmissionsUnderWay() {
        testTasks.insert(busy);
        ProviderTask submitting =
                steps.startSubmitting(testTasks.claim(), TestTasks.LEASE).orElseThrow();
        claims.release(List.of(submitting.leaseId()));
        assertThat(claims.toSubmit(1, TestTasks.LEASE)).isEmpty();
        steps.submitted(submitting, "task-1", Duration.ZERO);
        ProviderTask polling = claims.atProvider(1, TestTasks.LEASE).getFirst();
        assertThat(claims.atProvider(1, TestTasks.LEASE)).isEmpty();
        claims.release(List.of(polling.leaseId()));
        assertThat(claims.atProvider(1, TestTasks.LEASE)).hasSize(1);
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
