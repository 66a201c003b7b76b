package ru.reklamai.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.Failure;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.task.OrderRepository.CallbackOutcome;

/** What transitions do to the row, and who may make them when. */
@QuarkusTest
@TestProfile(WithoutLoop.class)
class TransitionsTest {

    @Inject
    TestTasks testTasks;

    @Inject
    ClaimRepository claims;

    @Inject
    OrderRepository orders;

    @Inject
    StepRepository steps;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
    }

    @Test
    void aStepWhoseLeaseIsGoneWritesNothing() {
        UUID id = testTasks.insert(user);
        ProviderTask late = claims.toSubmit(1, Duration.ZERO).getFirst();
        ProviderTask next = testTasks.claim();
        assertThat(steps.fail(late, Failure.of(MessageCode.DEADLINE), Optional.empty()))
                .isEmpty();
        assertThat(steps.startSubmitting(next, TestTasks.LEASE))
                .map(ProviderTask::generationId)
                .contains(id);
    }

    @Test
    void anEndedTaskIsRefusedAnyOtherStatusByTheDatabase() {
        ProviderTask task = testTasks.toSubmit(user);
        steps.fail(task, Failure.of(MessageCode.DEADLINE), Optional.empty());
        assertThatThrownBy(() -> testTasks.set(task, "status = 'pending'")).hasMessageContaining("is failed already");
    }

    @Test
    void aCallbackThatOvertakesTheAnswerOfCreateIsNoSecondTask() {
        ProviderTask submitting = testTasks.submitting(user);
        orders.calledBack(submitting.id(), "task-1");
        ProviderTask running =
                steps.submitted(submitting, "task-1", TestTasks.LEASE).orElseThrow();
        assertThat(running.status()).isEqualTo(ProviderTask.Status.RUNNING);
        assertThat(testTasks.is(running, "duplicate_task_ids = '{}'")).isTrue();
        assertThat(claims.atProvider(1, TestTasks.LEASE)).hasSize(1);
    }

    @Test
    void aCallbackDuringAStepMakesTheNextOneDueAtOnce() {
        ProviderTask running = testTasks.running(user);
        orders.calledBack(running.id(), "task-1");
        steps.postpone(running, new Postponement.UntilNextPoll(TestTasks.LEASE));
        assertThat(claims.atProvider(1, TestTasks.LEASE)).hasSize(1);
    }

    @Test
    void aTaskThatIsCalledBackBeforeItIsSubmittedAgainIsTakenFromWhoeverIsAboutTo() {
        ProviderTask aboutToSubmit = testTasks.toSubmit(user);
        orders.calledBack(aboutToSubmit.id(), "task-1");
        assertThat(steps.startSubmitting(aboutToSubmit, TestTasks.LEASE)).isEmpty();
        assertThat(steps.fail(aboutToSubmit, Failure.of(MessageCode.DEADLINE), Optional.empty()))
                .isEmpty();
        assertThat(claims.atProvider(1, TestTasks.LEASE)).hasSize(1);
    }

    @Test
    void aCallbackAfterTheEndIsOnlyNoted() {
        ProviderTask failed = steps.fail(testTasks.running(user), Failure.of(MessageCode.DEADLINE), Optional.empty())
                .orElseThrow();
        assertThat(orders.calledBack(failed.id(), "task-2")).isEqualTo(CallbackOutcome.TOO_LATE);
        assertThat(testTasks.is(failed, "duplicate_task_ids = '{task-2}' AND callbacks = 0"))
                .isTrue();
    }

    @Test
    void aRepeatedSubmissionIsCountedAndSoIsTheTaskItMade() {
        testTasks.submitting(user);
        testTasks.endLeases();
        ProviderTask again =
                steps.startSubmitting(testTasks.claim(), TestTasks.LEASE).orElseThrow();
        orders.calledBack(again.id(), "task-1");
        steps.submitted(again, "task-2", TestTasks.LEASE);
        assertThat(testTasks.is(again, "duplicate_task_ids = '{task-2}' AND resubmissions = 1"))
                .isTrue();
    }

    @Test
    void aSubmissionIsNotTriedAgainBeforeItsLeaseAndTheGraceHavePassed() {
        ProviderTask submitting = steps.startSubmitting(testTasks.toSubmit(user), Duration.ofMinutes(5))
                .orElseThrow();
        assertThat(testTasks.is(submitting, "next_step_at = leased_until + INTERVAL '5 minutes'"))
                .isTrue();
    }

    @Test
    void aCancellationThatOvertakesItsOrderStopsIt() {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        testTasks.cancel(id, user);
        assertThat(orders.requested(TestTasks.order(id, user), Optional.empty()))
                .isFalse();
        assertThat(claims.toSubmit(10, TestTasks.LEASE)).isEmpty();
    }

    @Test
    void whatIsSubmittedWhileItIsCancelledIsWatchedOn() {
        ProviderTask submitting = testTasks.submitting(user);
        testTasks.cancel(submitting.id(), user);
        ProviderTask running =
                steps.submitted(submitting, "task-1", Duration.ZERO).orElseThrow();
        assertThat(running.status()).isEqualTo(ProviderTask.Status.RUNNING);
        assertThat(running.resultWanted()).isFalse();
    }

    @Test
    void eachPostponementCountsItsOwn() {
        ProviderTask task = testTasks.running(user);
        task = postpone(task, new Postponement.NotFound(Duration.ZERO));
        task = postpone(task, new Postponement.NotFound(Duration.ZERO));
        assertThat(task.notFound()).isEqualTo(2);
        task = postpone(task, new Postponement.AfterSetback(Duration.ZERO));
        assertThat(List.of(task.notFound(), task.setbacks())).containsExactly(0, 1);
        task = postpone(task, new Postponement.UntilNextPoll(Duration.ZERO));
        assertThat(List.of(task.setbacks(), task.deliveryAttempts())).containsExactly(0, 0);
        task = steps.startDelivering(task, List.of(), "{}").orElseThrow();
        task = postpone(task, new Postponement.DeliveryFailed(Duration.ZERO));
        assertThat(List.of(task.setbacks(), task.deliveryAttempts())).containsExactly(1, 1);
    }

    @Test
    void aFailureIsKeptWithItsParameters() {
        Failure failure = Failure.of(MessageCode.PROVIDER_REFUSED, "Too long.");
        ProviderTask failed =
                steps.fail(testTasks.toSubmit(user), failure, Optional.of("{}")).orElseThrow();
        assertThat(failed.error()).contains(failure);
    }

    private ProviderTask postpone(ProviderTask task, Postponement postponement) {
        steps.postpone(task, postponement);
        return testTasks.claimAgain();
    }
}
