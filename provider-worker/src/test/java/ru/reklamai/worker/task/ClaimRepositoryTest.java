package ru.reklamai.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.worker.WithoutLoop;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class ClaimRepositoryTest {

    @Inject
    TestTasks testTasks;

    @Inject
    ClaimRepository claims;

    @Inject
    StepRepository steps;

    private final UUID busy = UuidCreator.getTimeOrderedEpoch();
    private final UUID modest = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
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
        assertThat(claimed).doesNotHaveDuplicates().hasSize(40);
    }

    @Test
    void aTaskWhoseLeaseEndedIsClaimedAgain() {
        UUID id = testTasks.insert(busy);
        claims.toSubmit(1, Duration.ZERO);
        assertThat(claims.toSubmit(1, TestTasks.LEASE))
                .extracting(ProviderTask::generationId)
                .containsExactly(id);
    }

    @Test
    void whatNobodyWaitsForIsGivenUpAndNotSubmitted() {
        ProviderTask overdue = testTasks.toSubmit(busy);
        testTasks.set(overdue, "deadline_at = now()");
        testTasks.endLeases();
        UUID cancelled = testTasks.insert(busy);
        testTasks.cancel(cancelled, busy);
        assertThat(claims.toSubmit(10, TestTasks.LEASE)).isEmpty();
        assertThat(claims.toGiveUp(10, TestTasks.LEASE))
                .extracting(ProviderTask::generationId)
                .containsExactlyInAnyOrder(overdue.id(), cancelled);
    }

    @Test
    void theLoadCountsWhatKieMayBeWorkingOn() {
        testTasks.running(busy);
        testTasks.submitting(busy);
        testTasks.insert(modest);
        assertThat(claims.load()).isEqualTo(new ClaimRepository.Load(1, 2));
    }

    @Test
    void aStoppingWorkerGivesItsTasksBackAtOnceButForSubmissionsUnderWay() {
        ProviderTask submitting = testTasks.submitting(busy);
        claims.release(List.of(submitting.leaseId().orElseThrow()));
        assertThat(claims.toSubmit(1, TestTasks.LEASE)).isEmpty();
        steps.submitted(submitting, "task-1", Duration.ZERO);
        ProviderTask polling = claims.atProvider(1, TestTasks.LEASE).getFirst();
        assertThat(claims.atProvider(1, TestTasks.LEASE)).isEmpty();
        claims.release(List.of(polling.leaseId().orElseThrow()));
        assertThat(claims.atProvider(1, TestTasks.LEASE)).hasSize(1);
    }
}
