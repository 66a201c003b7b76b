package ru.reklamai.worker.task;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import ru.reklamai.outbox.Traceparent;
import ru.reklamai.worker.kie.KieConfig;
import ru.reklamai.worker.kie.SubmissionLimiter;
import ru.reklamai.worker.task.ProviderTask.Status;

/**
 * The one loop that moves every task: it claims those whose next step is due and takes each one step on. Any number of
 * workers may run it. New tasks and callbacks wake it; else it looks each tick.
 */
@ApplicationScoped
class WorkerLoop {

    private static final Logger LOG = Logger.getLogger(WorkerLoop.class);
    private static final List<Status> AT_PROVIDER = List.of(Status.RUNNING, Status.DELIVERING);
    private static final List<Status> TO_SUBMIT = List.of(Status.PENDING, Status.SUBMITTING);

    private final ProviderTaskRepository tasks;
    private final TaskSteps steps;
    private final SubmissionLimiter limiter;
    private final LoopConfig config;
    private final KieConfig kie;
    private final Semaphore free;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean stopped;

    WorkerLoop(
            ProviderTaskRepository tasks,
            TaskSteps steps,
            SubmissionLimiter limiter,
            LoopConfig config,
            KieConfig kie,
            MeterRegistry metrics) {
        this.tasks = tasks;
        this.steps = steps;
        this.limiter = limiter;
        this.config = config;
        this.kie = kie;
        this.free = new Semaphore(config.maxStepsAtOnce());
        metrics.gauge("reklamai.worker.steps.free", free, Semaphore::availablePermits);
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            Thread.ofVirtual().name("worker-loop").start(this::run);
        }
    }

    /** Lets the steps under way end; what doesn't is claimed by another worker when its lease is over. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        wake();
        boolean drained = free.tryAcquire(config.maxStepsAtOnce(), 10, TimeUnit.SECONDS);
        LOG.infof("loop stopped: drained=%s", drained);
    }

    void wake() {
        wakeUps.release();
    }

    private void run() {
        while (!stopped) {
            try {
                if (claimAndStep() == 0) {
                    boolean woken = wakeUps.tryAcquire(config.tick().toMillis(), TimeUnit.MILLISECONDS);
                    LOG.tracef("woken=%s", woken);
                }
                wakeUps.drainPermits();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.errorf(e, "the loop stumbled and goes on");
                wakeUps.drainPermits();
                pauseAfterFailure();
            }
        }
    }

    private int claimAndStep() {
        int started = 0;
        int room = free.availablePermits();
        if (room > 0) {
            started += startSteps(tasks.claim(AT_PROVIDER, room, config.lease()));
            started += startSteps(claimSubmissions(room - started));
        }
        return started;
    }

    private List<ProviderTask> claimSubmissions(int room) {
        ProviderTaskRepository.Load load = tasks.load();
        int wanted = Math.min(Math.min(load.dueSubmissions(), room), kie.maxRunning() - load.running());
        int granted = limiter.take(wanted);
        return granted == 0 ? List.of() : tasks.claim(TO_SUBMIT, granted, config.lease());
    }

    private int startSteps(List<ProviderTask> claimed) {
        for (ProviderTask task : claimed) {
            free.acquireUninterruptibly();
            Thread.ofVirtual().name("step-" + task.generationId()).start(() -> step(task));
        }
        return claimed.size();
    }

    private void step(ProviderTask task) {
        Context trace = Traceparent.contextOf(task.traceparent());
        MDC.put("traceId", Span.fromContext(trace).getSpanContext().getTraceId());
        try (Scope scope = trace.makeCurrent()) {
            LOG.tracef("step begins: generationId=%s scope=%s", task.generationId(), scope);
            steps.take(task);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "step failed, the lease will end: generationId=%s userId=%s",
                    task.generationId(),
                    task.userId());
        } finally {
            free.release();
            wake();
        }
    }

    private void pauseAfterFailure() {
        try {
            boolean woken = wakeUps.tryAcquire(config.tick().toMillis(), TimeUnit.MILLISECONDS);
            LOG.tracef("woken=%s", woken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
