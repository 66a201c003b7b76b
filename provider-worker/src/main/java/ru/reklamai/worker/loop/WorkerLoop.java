package ru.reklamai.worker.loop;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import ru.reklamai.kit.messaging.Traceparent;
import ru.reklamai.worker.kie.AccountBreaker;
import ru.reklamai.worker.kie.KieConfig;
import ru.reklamai.worker.kie.SubmissionLimiter;

/**
 * The one loop that moves every task: it claims those whose next step is due and takes each one step on. Any number of
 * workers may run it. New tasks and callbacks wake it; else it looks each tick.
 */
@ApplicationScoped
class WorkerLoop {

    private static final Logger LOG = Logger.getLogger(WorkerLoop.class);

    private final ClaimRepository claims;
    private final SubmitStep submit;
    private final PollStep poll;
    private final DeliverStep deliver;
    private final AccountBreaker account;
    private final SubmissionLimiter limiter;
    private final LoopConfig config;
    private final KieConfig kie;
    private final Semaphore free;
    private final Semaphore wakeUps = new Semaphore(0);
    /** Of the steps under way. */
    private final Set<UUID> leases = ConcurrentHashMap.newKeySet();

    private volatile boolean stopped;

    WorkerLoop(
            ClaimRepository claims,
            SubmitStep submit,
            PollStep poll,
            DeliverStep deliver,
            AccountBreaker account,
            SubmissionLimiter limiter,
            LoopConfig config,
            KieConfig kie,
            MeterRegistry metrics) {
        this.claims = claims;
        this.submit = submit;
        this.poll = poll;
        this.deliver = deliver;
        this.account = account;
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

    /** Lets the steps under way end; those that don't are given back, for another worker to take at once. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        wake();
        boolean drained =
                free.tryAcquire(config.maxStepsAtOnce(), config.stopTime().toMillis(), TimeUnit.MILLISECONDS);
        if (!drained) {
            claims.release(leases);
        }
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
                LOG.errorf("the loop stumbled and goes on: cause=%s", e);
                LOG.debug("the loop stumbled", e);
                wakeUps.drainPermits();
                pauseAfterFailure();
            }
        }
    }

    private int claimAndStep() {
        int started = 0;
        int room = free.availablePermits();
        if (room > 0) {
            started += startSteps(claims.atProvider(room, config.lease()));
            started += startSteps(claims.toGiveUp(room - started, config.lease()));
            started += startSteps(claimToSubmit(room - started));
        }
        return started;
    }

    private List<ProviderTask> claimToSubmit(int room) {
        if (account.isOpen()) {
            return List.of();
        }
        ClaimRepository.Load load = claims.load();
        int wanted = Math.min(Math.min(load.dueSubmissions(), room), kie.maxRunning() - load.running());
        int granted = limiter.take(wanted);
        return granted == 0 ? List.of() : claims.toSubmit(granted, config.lease());
    }

    private int startSteps(List<ProviderTask> claimed) {
        for (ProviderTask task : claimed) {
            free.acquireUninterruptibly();
            leases.add(task.leaseId());
            Thread.ofVirtual().name("step-" + task.generationId()).start(() -> step(task));
        }
        return claimed.size();
    }

    private void step(ProviderTask task) {
        Context trace = Traceparent.contextOf(task.traceparent());
        MDC.put("traceId", Span.fromContext(trace).getSpanContext().getTraceId());
        try (Scope scope = trace.makeCurrent()) {
            LOG.tracef("step begins: generationId=%s scope=%s", task.generationId(), scope);
            take(task);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "step failed, the lease will end: generationId=%s userId=%s",
                    task.generationId(),
                    task.userId());
        } finally {
            leases.remove(task.leaseId());
            free.release();
            wake();
        }
    }

    private void take(ProviderTask task) {
        switch (task.status()) {
            case PENDING, SUBMITTING -> submit.take(task);
            case RUNNING -> poll.take(task);
            case DELIVERING -> deliver.take(task);
            case SUCCEEDED, FAILED -> throw new IllegalStateException("An ended task has no step");
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
