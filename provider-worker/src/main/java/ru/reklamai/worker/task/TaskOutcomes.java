package ru.reklamai.worker.task;

import ru.reklamai.message.MessageCode;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.events.ErrorInfo;

/** How a task ends before it succeeds, and what is said, counted and logged of any end. */
@ApplicationScoped
class TaskEnds {

    private static final Logger LOG = Logger.getLogger(TaskEnds.class);
    private static final ErrorInfo TOO_LATE =
            new ErrorInfo("deadline", MessageCode.DEADLINE);
    private static final ErrorInfo CANCELLED = new ErrorInfo("cancelled", "Cancelled.");

    private final StepRepository steps;
    private final TaskPublisher publisher;
    private final LoopConfig config;
    private final MeterRegistry metrics;

    TaskEnds(StepRepository steps, TaskPublisher publisher, LoopConfig config, MeterRegistry metrics) {
        this.steps = steps;
        this.publisher = publisher;
        this.config = config;
        this.metrics = metrics;
    }

    /** Does nothing where the lease is gone. */
    void fail(ProviderTask task, ErrorInfo error, Optional<String> rawAnswer) {
        steps.fail(task, error, rawAnswer).ifPresent(this::ended);
    }

    /** For one that nobody waits for any more. */
    void giveUp(ProviderTask task) {
        fail(task, task.cancelled() ? CANCELLED : TOO_LATE, Optional.empty());
    }

    /** Tells the owner that it took too long; the task is watched on, slowly. */
    void passDeadline(ProviderTask task) {
        LOG.warnf("deadline passed, watching on: generationId=%s userId=%s", task.generationId(), task.userId());
        steps.passDeadline(task, TOO_LATE, config.slowPollInterval()).ifPresent(publisher::publish);
    }

    void ended(ProviderTask task) {
        publisher.publish(task);
        LOG.infof(
                "task %s: generationId=%s userId=%s taskId=%s error=%s abandoned=%s",
                task.status().text(),
                task.generationId(),
                task.userId(),
                task.providerTaskId().orElse("-"),
                task.error().map(ErrorInfo::code).orElse("-"),
                task.isAbandoned());
        metrics.timer(
                        "reklamai.provider.tasks.finished",
                        "status",
                        task.status().text(),
                        "model",
                        task.providerModel(),
                        "abandoned",
                        String.valueOf(task.isAbandoned()))
                .record(task.age());
    }
}
