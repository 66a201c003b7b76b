package ru.reklamai.worker.task;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.worker.delivery.Delivery;
import ru.reklamai.worker.delivery.Delivery.DeliveryFailedException;
import ru.reklamai.worker.kie.CreateOutcome;
import ru.reklamai.worker.kie.KieClient;
import ru.reklamai.worker.kie.TaskStatus;
import ru.reklamai.worker.task.ProviderTaskRepository.PutOff;

/** The steps of a task: submit, poll, deliver. Each ends in a commit that also says when the next one is due. */
@ApplicationScoped
class TaskSteps {

    private static final Logger LOG = Logger.getLogger(TaskSteps.class);
    private static final int NOT_FOUND_LIMIT = 3;
    private static final Duration ACCOUNT_BLOCKED_WAIT = Duration.ofSeconds(30);
    private static final ErrorInfo TOO_LATE =
            new ErrorInfo("deadline", "The model took too long. Your credits are back; try again or another model.");
    private static final ErrorInfo LOST =
            new ErrorInfo("provider-lost-task", "The provider lost this task. Your credits are back; try again.");
    private static final ErrorInfo UNDELIVERABLE =
            new ErrorInfo("result-unavailable", "The result could not be fetched. Your credits are back; try again.");

    private final ProviderTaskRepository tasks;
    private final TaskPublisher publisher;
    private final KieClient kie;
    private final Delivery delivery;
    private final LoopConfig config;
    private final MeterRegistry metrics;

    TaskSteps(
            ProviderTaskRepository tasks,
            TaskPublisher publisher,
            KieClient kie,
            Delivery delivery,
            LoopConfig config,
            MeterRegistry metrics) {
        this.tasks = tasks;
        this.publisher = publisher;
        this.kie = kie;
        this.delivery = delivery;
        this.config = config;
        this.metrics = metrics;
    }

    /** Takes the step that the task's state asks for. */
    void take(ProviderTask task) {
        switch (task.status()) {
            case PENDING, SUBMITTING -> submit(task);
            case RUNNING -> poll(task);
            case DELIVERING -> deliver(task);
            case SUCCEEDED, FAILED -> throw new IllegalStateException("An ended task has no step");
        }
    }

    private void submit(ProviderTask task) {
        if (task.isOverdue()) {
            end(tasks.fail(task, TOO_LATE, Optional.empty()));
            return;
        }
        if (task.status() == ProviderTask.Status.SUBMITTING) {
            LOG.warnf("no answer and no callback, submitting again: generationId=%s", task.generationId());
            metrics.counter("reklamai.provider.resubmissions").increment();
        }
        tasks.startSubmitting(task, config.lease().plus(config.resubmitGrace())).ifPresent(this::create);
    }

    private void create(ProviderTask task) {
        CreateOutcome outcome = kie.create(task.generationId(), task.providerModel(), inputOf(task));
        metrics.counter(
                        "reklamai.provider.submissions",
                        "outcome",
                        outcome.getClass().getSimpleName())
                .increment();
        switch (outcome) {
            case CreateOutcome.Created created -> {
                LOG.infof(
                        "submitted: generationId=%s userId=%s taskId=%s",
                        task.generationId(), task.userId(), created.taskId());
                tell(tasks.submitted(task, created.taskId(), config.firstPoll()));
            }
            case CreateOutcome.TryLater later -> {
                LOG.infof("not taken, trying later: generationId=%s cause=%s", task.generationId(), later.cause());
                tasks.putOff(task, new PutOff(backOff(task), true, true, 0));
            }
            case CreateOutcome.AccountBlocked blocked -> {
                LOG.errorf("KIE refuses our account, an operator must act: cause=%s", blocked.cause());
                tasks.putOff(task, new PutOff(ACCOUNT_BLOCKED_WAIT, true, true, 0));
            }
            case CreateOutcome.AnswerLost lost -> {
                LOG.warnf("answer of create lost: generationId=%s cause=%s", task.generationId(), lost.cause());
                tasks.putOff(task, new PutOff(config.resubmitGrace(), false, true, 0));
            }
            case CreateOutcome.Refused refused ->
                end(tasks.fail(task, new ErrorInfo(refused.code(), refused.message()), Optional.empty()));
        }
    }

    private void poll(ProviderTask task) {
        TaskStatus status = kie.status(task.providerTaskId().orElseThrow());
        switch (status) {
            case TaskStatus.Succeeded succeeded ->
                tasks.delivering(task, succeeded.resultUrls(), succeeded.rawAnswer())
                        .ifPresent(this::deliver);
            case TaskStatus.Failed failed ->
                end(tasks.fail(task, new ErrorInfo(failed.code(), failed.message()), Optional.of(failed.rawAnswer())));
            case TaskStatus.NotFound()
            when task.notFound() + 1 >= NOT_FOUND_LIMIT -> end(tasks.fail(task, LOST, Optional.empty()));
            case TaskStatus.NotFound() ->
                tasks.putOff(task, new PutOff(pollInterval(task), false, false, task.notFound() + 1));
            case TaskStatus.Unknown unknown -> {
                LOG.infof("status unknown: generationId=%s cause=%s", task.generationId(), unknown.cause());
                waitOn(task, task.progress(), true);
            }
            case TaskStatus.Running running -> waitOn(task, running.progress(), false);
        }
    }

    /** The task goes on at the provider, or seems to. */
    private void waitOn(ProviderTask task, Optional<Integer> progress, boolean setback) {
        if (task.isOverdue()) {
            LOG.warnf("deadline passed, watching on: generationId=%s userId=%s", task.generationId(), task.userId());
            tell(tasks.passDeadline(task, TOO_LATE, config.slowPollInterval()));
        } else if (task.deadlinePassed() && task.age().compareTo(config.watchAfterDeadline()) > 0) {
            end(tasks.fail(task, TOO_LATE, Optional.empty()));
        } else if (progress.isPresent() && !progress.equals(task.progress()) && !task.deadlinePassed()) {
            tell(tasks.progress(task, progress.get(), pollInterval(task)));
        } else {
            tasks.putOff(task, new PutOff(pollInterval(task), false, setback, 0));
        }
    }

    private void deliver(ProviderTask task) {
        try {
            List<StoredAsset> assets = new ArrayList<>();
            for (int i = 0; i < task.resultUrls().size(); i++) {
                String url = task.resultUrls().get(i);
                String freshUrl = task.setbacks() == 0 ? url : kie.freshUrl(url).orElse(url);
                assets.add(delivery.deliver(task.userId(), task.generationId(), i, task.modality(), freshUrl));
            }
            end(tasks.succeed(task, assets));
        } catch (DeliveryFailedException | IllegalArgumentException e) {
            LOG.warnf(
                    "delivery failed: generationId=%s attempt=%d cause=%s",
                    task.generationId(), task.setbacks() + 1, e.getMessage());
            if (task.setbacks() + 1 >= config.maxDeliveryAttempts()) {
                end(tasks.fail(task, UNDELIVERABLE, Optional.empty()));
            } else {
                tasks.putOff(task, new PutOff(backOff(task), false, true, 0));
            }
        }
    }

    private Map<String, Object> inputOf(ProviderTask task) {
        Map<String, Object> input = new LinkedHashMap<>(task.input());
        for (InputFile file : task.files()) {
            String link = delivery.linkForProvider(file.bucket(), file.path());
            input.put(file.field(), file.list() ? List.of(link) : link);
        }
        return input;
    }

    private void end(Optional<ProviderTask> ended) {
        ended.ifPresent(task -> {
            LOG.infof(
                    "task %s: generationId=%s userId=%s error=%s",
                    task.status(),
                    task.generationId(),
                    task.userId(),
                    task.error().map(ErrorInfo::code).orElse("-"));
            metrics.timer(
                            "reklamai.provider.tasks.finished",
                            "status",
                            task.status().name().toLowerCase(java.util.Locale.ROOT),
                            "model",
                            task.providerModel())
                    .record(task.age());
        });
        tell(ended);
    }

    private void tell(Optional<ProviderTask> changed) {
        changed.ifPresent(publisher::publish);
    }

    /** Grows with the task's age, so that quick models are seen soon and slow ones asked seldom. */
    private Duration pollInterval(ProviderTask task) {
        if (task.deadlinePassed()) {
            return config.slowPollInterval();
        }
        Duration quarterOfAge = task.age().dividedBy(4);
        Duration atLeast = max(quarterOfAge, config.minPollInterval());
        return atLeast.compareTo(config.maxPollInterval()) > 0 ? config.maxPollInterval() : atLeast;
    }

    /** Exponential, with jitter of half its length. */
    private Duration backOff(ProviderTask task) {
        long ceiling =
                Math.min(config.retryMax().toMillis(), config.retryBase().toMillis() << Math.min(task.setbacks(), 16));
        return Duration.ofMillis(ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
