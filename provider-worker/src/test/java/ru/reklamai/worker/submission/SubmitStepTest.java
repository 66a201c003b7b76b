package ru.reklamai.worker.submission;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.Failure;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.KieStub;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.task.OrderRepository;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.ProviderTask.Status;
import ru.reklamai.worker.task.TestTasks;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class SubmitStepTest {

    @Inject
    SubmitStep submit;

    @Inject
    AccountBreaker account;

    @Inject
    TestTasks testTasks;

    @Inject
    OrderRepository orders;

    KieStub stub;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
        stub.reset();
    }

    @AfterEach
    void closeTheBreaker() {
        stub.answer(KieStub.CREDIT, "{'code':200,'data':5}");
        account.probe();
    }

    @Test
    void aTaskThatKieTakesRuns() {
        stub.answer(KieStub.CREATE, "{'code':200,'data':{'taskId':'t-1'}}");
        ProviderTask task = submitted(testTasks.toSubmit(user));
        assertThat(task.status()).isEqualTo(Status.RUNNING);
        assertThat(task.providerTaskId()).contains("t-1");
        assertThat(stub.requests(KieStub.CREATE).getFirst().getBodyAsString())
                .contains("/api/v1/provider/kie/callback/" + task.id() + "/");
    }

    @Test
    void oneThatKieDoesNotTakeNowWaitsAndIsSubmittedAgain() {
        stub.answer(KieStub.CREATE, "{'code':500}");
        ProviderTask task = submitted(testTasks.toSubmit(user));
        assertThat(task.status()).isEqualTo(Status.PENDING);
        assertThat(task.setbacks()).isEqualTo(1);
        assertThat(testTasks.is(task, "next_step_at > now()")).isTrue();
    }

    @Test
    void kieSaysHowLongToWait() {
        stub.answer(KieStub.CREATE, aResponse().withHeader("Retry-After", "60").withBody("{\"code\":429}"));
        ProviderTask task = submitted(testTasks.toSubmit(user));
        assertThat(testTasks.is(
                        task, "next_step_at BETWEEN now() + INTERVAL '50 seconds' AND now() + INTERVAL '60 seconds'"))
                .isTrue();
    }

    @Test
    void aBlockedAccountOpensTheBreakerAndTheTaskGoesOnAsSoonAsItCloses() {
        stub.answer(KieStub.CREATE, "{'code':402}");
        ProviderTask task = submitted(testTasks.toSubmit(user));
        assertThat(account.isOpen()).isTrue();
        assertThat(task.status()).isEqualTo(Status.PENDING);
        assertThat(testTasks.is(task, "next_step_at <= now()")).isTrue();
    }

    @Test
    void aLostAnswerIsNoReasonToSubmitAgainAtOnce() {
        stub.answer(KieStub.CREATE, aResponse().withFault(Fault.EMPTY_RESPONSE));
        ProviderTask task = submitted(testTasks.toSubmit(user));
        assertThat(task.status()).isEqualTo(Status.SUBMITTING);
        assertThat(testTasks.is(task, "next_step_at > now()")).isTrue();
    }

    @Test
    void aRefusedInputFailsWithTheProvidersWords() {
        stub.answer(KieStub.CREATE, "{'code':422,'msg':'Too long.'}");
        ProviderTask task = submitted(testTasks.toSubmit(user));
        assertThat(task.status()).isEqualTo(Status.FAILED);
        assertThat(task.error()).contains(Failure.of(MessageCode.PROVIDER_REFUSED, "Too long."));
    }

    @Test
    void aTaskThatNobodyWaitsForIsNotSubmitted() {
        ProviderTask cancelled = testTasks.set(testTasks.toSubmit(user), "cancelled_at = now()");
        assertThat(submitted(cancelled).error()).contains(Failure.of(MessageCode.CANCELLED));
        ProviderTask overdue = testTasks.set(testTasks.toSubmit(user), "deadline_at = now()");
        assertThat(submitted(overdue).error()).contains(Failure.of(MessageCode.DEADLINE));
        assertThat(stub.requests()).isZero();
    }

    @Test
    void oneThatMayRunAtKieIsWatchedAfterItsDeadlineAndNotSubmittedAgain() {
        ProviderTask unanswered = testTasks.set(testTasks.submitting(user), "deadline_at = now()");
        ProviderTask task = submitted(unanswered);
        assertThat(task.status()).isEqualTo(Status.SUBMITTING);
        assertThat(task.deadlinePassed()).isTrue();
        assertThat(task.error()).contains(Failure.of(MessageCode.DEADLINE));
        assertThat(stub.requests()).isZero();
    }

    @Test
    void oneWhoseCallbackNeverComesIsGivenUpInTheEnd() {
        ProviderTask watched = testTasks.set(testTasks.submitting(user), "cancelled_at = now()");
        assertThat(submitted(watched).status()).isEqualTo(Status.SUBMITTING);
        ProviderTask longWatched = testTasks.set(
                testTasks.submitting(user), "cancelled_at = now(), created_at = now() - INTERVAL '25 hours'");
        assertThat(submitted(longWatched).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void oneThatIsCalledBackMeanwhileIsNotSubmitted() {
        ProviderTask aboutToSubmit = testTasks.toSubmit(user);
        orders.calledBack(aboutToSubmit.id(), "t-0");
        assertThat(submitted(aboutToSubmit).status()).isEqualTo(Status.RUNNING);
        assertThat(stub.requests()).isZero();
    }

    @Test
    void whatCantBeAddressedWaitsAndIsNotSubmitted() {
        ProviderTask task = testTasks.set(
                testTasks.toSubmit(user),
                "files = '[{\"field\":\"image\",\"list\":false,\"bucket\":\"test-uploads\",\"path\":\"gone\"}]'");
        ProviderTask after = submitted(task);
        assertThat(after.status()).isEqualTo(Status.PENDING);
        assertThat(after.setbacks()).isEqualTo(1);
        assertThat(stub.requests()).isZero();
    }

    private ProviderTask submitted(ProviderTask task) {
        submit.take(task);
        return testTasks.find(task);
    }
}
