package ru.reklamai.worker.polling;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.events.Failure;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.KieStub;
import ru.reklamai.worker.TestPicture;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.submission.AccountBreaker;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.ProviderTask.Status;
import ru.reklamai.worker.task.TestTasks;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class PollStepTest {

    private static final String GENERATING = "{'code':200,'data':{'state':'generating'}}";
    private static final String GENERATING_40 = "{'code':200,'data':{'state':'generating','progress':40}}";

    @Inject
    PollStep poll;

    @Inject
    AccountBreaker account;

    @Inject
    TestTasks testTasks;

    KieStub stub;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
        stub.reset();
    }

    @Test
    void aTaskThatKieWorksOnIsPolledAgain() {
        ProviderTask before = testTasks.running(user);
        ProviderTask task = polled(before, GENERATING);
        assertThat(task.status()).isEqualTo(Status.RUNNING);
        assertThat(task.version()).isEqualTo(before.version());
        assertThat(testTasks.is(task, "next_step_at > now() AND lease_id IS NULL"))
                .isTrue();
    }

    @Test
    void progressIsNewsOnce() {
        ProviderTask before = testTasks.running(user);
        ProviderTask task = polled(before, GENERATING_40);
        assertThat(task.progress()).contains(40);
        assertThat(task.version()).isEqualTo(before.version() + 1);
        assertThat(polled(testTasks.claimAgain(), GENERATING_40).version()).isEqualTo(task.version());
    }

    @Test
    void aTaskThatKieHasDoneIsDeliveredInTheSameStep() {
        stub.answer("/a.png", TestPicture.download());
        ProviderTask task = polled(
                testTasks.running(user),
                "{'code':200,'data':{'state':'success','resultJson':'{\\'resultUrls\\':[\\'%s\\']}'}}"
                        .formatted(stub.address("/a.png")));
        assertThat(task.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(task.assets()).hasSize(1);
    }

    @Test
    void aFailureKeepsTheReasonAndTheAnswer() {
        ProviderTask task =
                polled(testTasks.running(user), "{'code':200,'data':{'state':'fail','failMsg':'too dark'}}");
        assertThat(task.status()).isEqualTo(Status.FAILED);
        assertThat(task.error()).contains(Failure.of(MessageCode.PROVIDER_FAILED, "(too dark)"));
        assertThat(testTasks.is(task, "raw_answer LIKE '%too dark%'")).isTrue();
    }

    @Test
    void aTaskIsLostWhenKieDoesNotKnowItThreeTimesInARow() {
        String unknown = "{'code':404}";
        assertThat(polled(testTasks.running(user), unknown).status()).isEqualTo(Status.RUNNING);
        assertThat(polled(testTasks.claimAgain(), unknown).status()).isEqualTo(Status.RUNNING);
        ProviderTask task = polled(testTasks.claimAgain(), unknown);
        assertThat(task.error()).contains(Failure.of(MessageCode.PROVIDER_LOST_TASK));
    }

    @Test
    void aTaskThatKieKnowsInBetweenIsNotLost() {
        String unknown = "{'code':404}";
        polled(testTasks.running(user), unknown);
        polled(testTasks.claimAgain(), unknown);
        polled(testTasks.claimAgain(), GENERATING);
        assertThat(polled(testTasks.claimAgain(), unknown).status()).isEqualTo(Status.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'code':500}", "{'code':429}", "<html>"})
    void aQueryThatFailsSaysNothingAboutTheTask(String answer) {
        ProviderTask task = polled(testTasks.running(user), answer);
        assertThat(task.status()).isEqualTo(Status.RUNNING);
        assertThat(testTasks.is(task, "next_step_at > now() AND lease_id IS NULL"))
                .isTrue();
    }

    @Test
    void aBlockedAccountOpensTheBreakerAndTheTaskGoesOn() {
        ProviderTask task = polled(testTasks.running(user), "{'code':401}");
        assertThat(account.isOpen()).isTrue();
        assertThat(task.status()).isEqualTo(Status.RUNNING);
        stub.answer(KieStub.CREDIT, "{'code':200,'data':5}");
        account.probe();
    }

    @ParameterizedTest
    @ValueSource(strings = {GENERATING, GENERATING_40, "{'code':500}"})
    void whenItsDeadlinePassesTheOwnerIsToldAndTheTaskWatchedOn(String answer) {
        ProviderTask overdue = testTasks.set(testTasks.running(user), "deadline_at = now()");
        ProviderTask task = polled(overdue, answer);
        assertThat(task.status()).isEqualTo(Status.RUNNING);
        assertThat(task.deadlinePassed()).isTrue();
        assertThat(task.error()).contains(Failure.of(MessageCode.DEADLINE));
        assertThat(testTasks.is(task, "next_step_at > now() + INTERVAL '4 minutes'"))
                .isTrue();
    }

    @Test
    void whatNobodyWaitsForIsPolledSlowlyAndItsProgressIsNoNews() {
        ProviderTask watched = testTasks.set(testTasks.running(user), "deadline_passed_at = now()");
        ProviderTask task = polled(watched, GENERATING_40);
        assertThat(task.version()).isEqualTo(watched.version());
        assertThat(testTasks.is(task, "next_step_at > now() + INTERVAL '4 minutes'"))
                .isTrue();
    }

    @Test
    void whatWasWatchedLongEnoughIsGivenUp() {
        ProviderTask watched = testTasks.set(
                testTasks.running(user), "deadline_passed_at = now(), submitted_at = now() - INTERVAL '25 hours'");
        assertThat(polled(watched, GENERATING).error()).contains(Failure.of(MessageCode.DEADLINE));
    }

    private ProviderTask polled(ProviderTask task, String answer) {
        stub.answer(KieStub.STATUS, answer.replace("\\'", "\\\""));
        poll.take(task);
        return testTasks.find(task);
    }
}
