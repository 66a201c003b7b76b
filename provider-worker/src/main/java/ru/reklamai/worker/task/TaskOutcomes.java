package ru.reklamai.worker.task;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.events.Failure;
import ru.reklamai.message.MessageCode;

/** How a task fails, and what is told, counted and logged when one ends. */
@ApplicationScoped
public class TaskOutcomes {

    private static final Logger LOG = Logger.getLogger(TaskOutcomes.class);
    private static final Failure TOO_LATE = Failure.of(MessageCode.DEADLINE);
    private static final Failure CANCELLED = Failure.of(MessageCode.CANCELLED);

    private final StepRepository steps;
    private final TaskPublisher publisher;
    private final PaceConfig config;
    private final MeterRegistry metrics;

    TaskOutcomes(StepRepository steps, TaskPublisher publisher, PaceConfig config, MeterRegistry metrics) {
        this.steps = steps;
        this.publisher = publisher;
        this.config = config;
        this.metrics = metrics;
    }

    /** Does nothing where the lease is gone. */
    public void fail(ProviderTask task, Failure error, Optional<String> rawAnswer) {
        steps.fail(task, error, rawAnswer).ifPresent(this::announce);
    }

    /** Ends a task that nobody waits for any more. */
    public void giveUp(ProviderTask task) {
        fail(task, task.cancelled() ? CANCELLED : TOO_LATE, Optional.empty());
    }

    /** Tells the owner that it took too long; the task is watched on, slowly. */
    public void passDeadline(ProviderTask task) {
        LOG.warnf("deadline passed, watching on: generationId=%s userId=%s", task.generationId(), task.userId());
        steps.passDeadline(task, TOO_LATE, config.slowPollInterval()).ifPresent(publisher::publish);
    }

    /** @param ended as it is stored now */
    public void announce(ProviderTask ended) {
        publisher.publish(ended);
        LOG.infof(
                "task %s: generationId=%s userId=%s taskId=%s error=%s abandoned=%s",
                ended.status().text(),
                ended.generationId(),
                ended.userId(),
                ended.providerTaskId().orElse("-"),
                ended.error().map(Failure::code).orElse("-"),
                ended.isAbandoned());
        metrics.timer(
                        "reklamai.provider.tasks.finished",
                        "status",
                        ended.status().text(),
                        "model",
                        ended.providerModel(),
                        "abandoned",
                        String.valueOf(ended.isAbandoned()))
                .record(ended.age());
    }
}
