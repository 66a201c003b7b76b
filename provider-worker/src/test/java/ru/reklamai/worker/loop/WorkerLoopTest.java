package ru.reklamai.worker.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.kie.KieConfig;
import ru.reklamai.worker.submission.AccountBreaker;
import ru.reklamai.worker.submission.SubmissionLimiter;
import ru.reklamai.worker.task.ClaimRepository;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.TestTasks;

/** The loop on real rows; what a step does is the test's. */
@QuarkusTest
@TestProfile(WithoutLoop.class)
class WorkerLoopTest {

    @Inject
    DueTasks due;

    @Inject
    ClaimRepository claims;

    @Inject
    AccountBreaker account;

    @Inject
    SubmissionLimiter limiter;

    @Inject
    KieConfig kie;

    @Inject
    TestTasks testTasks;

    @Inject
    RedisDataSource redis;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();
    private final Queue<UUID> taken = new ConcurrentLinkedQueue<>();
    private WorkerLoop loop;
    private boolean stopped;

    private record Config(boolean enabled, Duration lease, Duration tick, int maxStepsAtOnce, Duration stopTime)
            implements LoopConfig {}

    private static final Config USUAL =
            new Config(true, TestTasks.LEASE, Duration.ofMillis(50), 8, Duration.ofSeconds(5));

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
        redis.key().del("kie:submissions");
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopLoop();
        redis.key().del("kie:submissions");
    }

    @Test
    void aDueTaskIsTakenOneStepOn() {
        UUID id = testTasks.insert(user);
        start(USUAL, task -> taken.add(task.id()));
        await().until(() -> taken.contains(id));
        assertThat(taken).hasSize(1);
    }

    @Test
    void aStepThatFailsHoldsUpNoOther() {
        UUID bad = testTasks.insert(user);
        start(USUAL, task -> {
            taken.add(task.id());
            if (task.id().equals(bad)) {
                throw new IllegalStateException("a step that fails");
            }
        });
        await().until(() -> taken.contains(bad));
        UUID good = testTasks.insert(user);
        await().until(() -> taken.contains(good));
    }

    @Test
    void aClaimThatFailsIsTriedAgain() {
        testTasks.insert(user);
        var claimed = new AtomicInteger();
        var config = (KieConfig) Proxy.newProxyInstance(
                KieConfig.class.getClassLoader(), new Class<?>[] {KieConfig.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("maxRunning") && claimed.incrementAndGet() == 1) {
                        throw new IllegalStateException("a claim that fails");
                    }
                    return method.invoke(kie, arguments);
                });
        start(new DueTasks(claims, account, limiter, USUAL, config), USUAL, task -> taken.add(task.id()));
        await().until(() -> taken.size() == 1);
        assertThat(claimed).hasValueGreaterThan(1);
    }

    @Test
    void noMoreStepsAreTakenAtOnceThanThereIsRoomFor() {
        for (int i = 0; i < 5; i++) {
            testTasks.insert(user);
        }
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var both = new CountDownLatch(2);
        start(new Config(true, TestTasks.LEASE, Duration.ofMillis(50), 2, Duration.ofSeconds(5)), task -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            both.countDown();
            awaitQuietly(both);
            atOnce.decrementAndGet();
            taken.add(task.id());
        });
        await().until(() -> taken.size() == 5);
        assertThat(most).hasValue(2);
    }

    @Test
    void aLoopThatIsWokenDoesNotWaitForItsTick() {
        start(
                new Config(true, TestTasks.LEASE, Duration.ofHours(1), 8, Duration.ofSeconds(5)),
                task -> taken.add(task.id()));
        UUID id = testTasks.insert(user);
        loop.wake();
        await().until(() -> taken.contains(id));
    }

    @Test
    void aLoopThatIsSwitchedOffTakesNothing() throws InterruptedException {
        testTasks.insert(user);
        start(new Config(false, TestTasks.LEASE, Duration.ofMillis(1), 8, Duration.ofSeconds(5)), task -> {
            taken.add(task.id());
        });
        loop.wake();
        stopLoop();
        assertThat(claims.toSubmit(1, TestTasks.LEASE)).hasSize(1);
        assertThat(taken).isEmpty();
    }

    @Test
    void aStoppingLoopWaitsForTheStepsUnderWay() throws InterruptedException {
        testTasks.insert(user);
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        start(USUAL, task -> {
            begun.countDown();
            awaitQuietly(mayEnd);
            taken.add(task.id());
        });
        begun.await();
        Thread.ofVirtual().start(mayEnd::countDown);
        stopLoop();
        assertThat(taken).hasSize(1);
    }

    private void start(Config config, Consumer<ProviderTask> step) {
        start(due, config, step);
    }

    private void start(DueTasks tasks, Config config, Consumer<ProviderTask> step) {
        loop = new WorkerLoop(tasks, new StepRunner(step, claims, config, new SimpleMeterRegistry()), config);
        loop.start(new StartupEvent());
    }

    private void stopLoop() throws InterruptedException {
        if (!stopped) {
            stopped = true;
            loop.stop(new ShutdownEvent());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
