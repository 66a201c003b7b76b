package ru.reklamai.worker.loop;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import ru.reklamai.kit.messaging.Traceparent;
import ru.reklamai.worker.delivery.DeliverStep;
import ru.reklamai.worker.polling.PollStep;
import ru.reklamai.worker.submission.SubmitStep;
import ru.reklamai.worker.task.ClaimRepository;
import ru.reklamai.worker.task.ProviderTask;

/** Takes claimed tasks one step on, each on a thread of its own and in the trace of its request. */
@ApplicationScoped
class StepRunner {

    private static final Logger LOG = Logger.getLogger(StepRunner.class);

    private final Consumer<ProviderTask> step;
    private final ClaimRepository claims;
    private final int capacity;
    private final Semaphore free;
    /** Of the steps under way. */
    private final Set<UUID> leases = ConcurrentHashMap.newKeySet();

    @Inject
    StepRunner(
            SubmitStep submit,
            PollStep poll,
            DeliverStep deliver,
            ClaimRepository claims,
            LoopConfig config,
            MeterRegistry metrics) {
        this(task -> take(task, submit, poll, deliver), claims, config, metrics);
    }

    StepRunner(Consumer<ProviderTask> step, ClaimRepository claims, LoopConfig config, MeterRegistry metrics) {
        this.step = step;
        this.claims = claims;
        this.capacity = config.maxStepsAtOnce();
        this.free = new Semaphore(capacity);
        metrics.gauge("reklamai.worker.steps.free", free, Semaphore::availablePermits);
    }

    private static void take(ProviderTask task, SubmitStep submit, PollStep poll, DeliverStep deliver) {
        switch (task.status()) {
            case PENDING, SUBMITTING -> submit.take(task);
            case RUNNING -> poll.take(task);
            case DELIVERING -> deliver.take(task);
            case SUCCEEDED, FAILED -> throw new IllegalStateException("An ended task has no step");
        }
    }

    /** Returns how many more steps may be taken now. */
    int room() {
        return free.availablePermits();
    }

    /** @param whenDone called however the step ends */
    void start(ProviderTask task, Runnable whenDone) {
        UUID lease = task.leaseId().orElseThrow();
        free.acquireUninterruptibly();
        leases.add(lease);
        Thread.ofVirtual().name("step-" + task.generationId()).start(() -> {
            try {
                run(task);
            } finally {
                leases.remove(lease);
                free.release();
                whenDone.run();
            }
        });
    }

    /** Lets the steps under way end; those that don't in time are given back, for another worker to take at once. */
    void drain(Duration patience) throws InterruptedException {
        boolean drained = free.tryAcquire(capacity, patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!drained) {
            claims.release(leases);
        }
        LOG.infof("no more steps: drained=%s", drained);
    }

    private void run(ProviderTask task) {
        Context trace = Traceparent.contextOf(task.traceparent());
        MDC.put("traceId", Span.fromContext(trace).getSpanContext().getTraceId());
        try {
            trace.wrap(() -> step.accept(task)).run();
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "step failed, the lease will end: generationId=%s userId=%s",
                    task.generationId(),
                    task.userId());
        }
    }
}
