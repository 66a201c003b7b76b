package ru.reklamai.worker.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.worker.KieStub;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.kie.KieConfig;
import ru.reklamai.worker.submission.AccountBreaker;
import ru.reklamai.worker.submission.SubmissionLimiter;
import ru.reklamai.worker.task.ClaimRepository;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.ProviderTask.Status;
import ru.reklamai.worker.task.TestTasks;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class DueTasksTest {

    @Inject
    DueTasks due;

    @Inject
    ClaimRepository claims;

    @Inject
    AccountBreaker account;

    @Inject
    SubmissionLimiter limiter;

    @Inject
    LoopConfig loop;

    @Inject
    KieConfig kie;

    @Inject
    TestTasks testTasks;

    @Inject
    RedisDataSource redis;

    KieStub stub;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();
    private final List<ProviderTask> started = new ArrayList<>();

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
        stub.reset();
        redis.key().del("kie:submissions");
    }

    @AfterEach
    void closeTheBreaker() {
        stub.answer(KieStub.CREDIT, "{'code':200,'data':5}");
        account.probe();
        redis.key().del("kie:submissions");
    }

    @Test
    void whatIsAtKieComesBeforeWhatIsToBeSubmitted() {
        testTasks.running(user);
        testTasks.insert(user);
        testTasks.endLeases();
        assertThat(due.claim(1, started::add)).isEqualTo(1);
        assertThat(started).extracting(ProviderTask::status).containsExactly(Status.RUNNING);
    }

    @Test
    void withoutRoomNothingIsClaimed() {
        testTasks.insert(user);
        assertThat(due.claim(0, started::add)).isZero();
    }

    @Test
    void noMoreIsSubmittedThanKieTakesInItsWindow() {
        insert(25);
        assertThat(due.claim(64, started::add)).isEqualTo(20);
        assertThat(due.claim(64, started::add)).isZero();
    }

    @Test
    void noMoreIsSubmittedThanKieRunsAtOnce() {
        testTasks.running(user);
        testTasks.submitting(user);
        insert(5);
        assertThat(running(4).claim(64, started::add)).isEqualTo(2);
        assertThat(running(2).claim(64, started::add)).isZero();
    }

    @Test
    void whileTheAccountIsBlockedNothingIsSubmittedAndTheRestGoesOn() {
        testTasks.running(user);
        insert(2);
        testTasks.endLeases();
        testTasks.cancel(testTasks.insert(user), user);
        account.open("code 402");
        due.claim(64, started::add);
        assertThat(started).extracting(ProviderTask::status).containsExactly(Status.RUNNING, Status.PENDING);
        assertThat(started.getLast().cancelled()).isTrue();
    }

    @Test
    void whatWasClaimedIsStartedEvenIfTheNextClaimFails() {
        testTasks.running(user);
        testTasks.endLeases();
        DueTasks failing = running(() -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> failing.claim(64, started::add)).hasMessage("no");
        assertThat(started).hasSize(1);
    }

    private void insert(int tasks) {
        for (int i = 0; i < tasks; i++) {
            testTasks.insert(user);
        }
    }

    private DueTasks running(int max) {
        return running(() -> max);
    }

    private DueTasks running(IntSupplier max) {
        var config = (KieConfig) Proxy.newProxyInstance(
                KieConfig.class.getClassLoader(),
                new Class<?>[] {KieConfig.class},
                (proxy, method, arguments) ->
                        method.getName().equals("maxRunning") ? max.getAsInt() : method.invoke(kie, arguments));
        return new DueTasks(claims, account, limiter, loop, config);
    }
}
