package ru.reklamai.worker.loop;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The one loop that moves every task: it claims those whose next step is due and takes each one step on. Any number of
 * workers may run it. New tasks and callbacks wake it; else it looks each tick.
 */
@ApplicationScoped
public class WorkerLoop {

    private static final Logger LOG = Logger.getLogger(WorkerLoop.class);

    private final DueTasks due;
    private final StepRunner steps;
    private final LoopConfig config;
    private final Semaphore wakeUps = new Semaphore(0);

    private volatile boolean stopped;

    WorkerLoop(DueTasks due, StepRunner steps, LoopConfig config) {
        this.due = due;
        this.steps = steps;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            Thread.ofVirtual().name("worker-loop").start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        wake();
        steps.drain(config.stopTime());
    }

    /** Lets it look for due tasks now. */
    public void wake() {
        wakeUps.release();
    }

    private void run() {
        try {
            while (!stopped) {
                if (claimAndStart() == 0) {
                    boolean _ = wakeUps.tryAcquire(config.tick().toMillis(), TimeUnit.MILLISECONDS);
                }
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            LOG.debug("the loop was interrupted", e);
        }
    }

    /** Goes on after a failure as if there had been nothing to do: with the next tick, or when it is woken. */
    private int claimAndStart() {
        try {
            return due.claim(steps.room(), task -> steps.start(task, this::wake));
        } catch (RuntimeException e) {
            LOG.errorf("the loop stumbled and goes on: cause=%s", e);
            LOG.debug("the loop stumbled", e);
            return 0;
        }
    }
}
