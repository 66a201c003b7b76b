package ru.reklamai.worker.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.worker.WithoutLoop;
import ru.reklamai.worker.task.ClaimRepository;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.TestTasks;

@QuarkusTest
@TestProfile(WithoutLoop.class)
class StepRunnerTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Inject
    ClaimRepository claims;

    @Inject
    TestTasks testTasks;

    private final UUID user = UuidCreator.getTimeOrderedEpoch();

    private record Config(boolean enabled, Duration lease, Duration tick, int maxStepsAtOnce, Duration stopTime)
            implements LoopConfig {}

    @BeforeEach
    void noOtherTasks() {
        testTasks.deleteAll();
    }

    @Test
    void aStepGoesOnInTheTraceOfItsRequest() {
        ProviderTask task = testTasks.toSubmit(user);
        var trace = new CompletableFuture<String>();
        runner(step -> trace.complete(Span.current().getSpanContext().getTraceId()))
                .start(testTasks.set(task, "traceparent = '00-" + TRACE + "-b7ad6b7169203331-01'"), () -> {});
        assertThat(trace.join()).isEqualTo(TRACE);
    }

    @Test
    void aStepThatFailsMakesRoomAndIsDone() {
        var done = new CompletableFuture<Integer>();
        StepRunner runner = runner(step -> {
            throw new IllegalStateException("a step that fails");
        });
        runner.start(testTasks.toSubmit(user), () -> done.complete(runner.room()));
        assertThat(done.join()).isEqualTo(2);
    }

    @Test
    void drainingWaitsForTheStepsUnderWay() throws InterruptedException {
        var mayEnd = new CountDownLatch(1);
        var ended = new CompletableFuture<Boolean>();
        StepRunner runner = runner(step -> {
            awaitQuietly(mayEnd);
            ended.complete(true);
        });
        runner.start(testTasks.toSubmit(user), () -> {});
        assertThat(runner.room()).isEqualTo(1);
        Thread.ofVirtual().start(mayEnd::countDown);
        runner.drain(Duration.ofSeconds(30));
        assertThat(ended).isCompletedWithValue(true);
    }

    @Test
    void whatDoesNotEndInTimeIsGivenBack() throws InterruptedException {
        var never = new CountDownLatch(1);
        StepRunner runner = runner(step -> awaitQuietly(never));
        runner.start(testTasks.running(user), () -> {});
        assertThat(claims.atProvider(1, TestTasks.LEASE)).isEmpty();
        runner.drain(Duration.ofMillis(50));
        assertThat(claims.atProvider(1, TestTasks.LEASE)).hasSize(1);
        never.countDown();
    }

    private StepRunner runner(Consumer<ProviderTask> step) {
        var config = new Config(true, TestTasks.LEASE, Duration.ofHours(1), 2, Duration.ofSeconds(5));
        return new StepRunner(step, claims, config, new SimpleMeterRegistry());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
