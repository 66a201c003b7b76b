package ru.reklamai.worker.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.events.Failure;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.kie.KieClient;
import ru.reklamai.worker.kie.TaskStatus;
import ru.reklamai.worker.task.Pace;
import ru.reklamai.worker.task.Postponement;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.ProviderTaskRepository;
import ru.reklamai.worker.task.ResultFile;
import ru.reklamai.worker.task.StepRepository;
import ru.reklamai.worker.task.TaskOutcomes;

/** Brings the files of a finished task home. What fails here never makes the provider generate again. */
@ApplicationScoped
public class DeliverStep {

    private static final Logger LOG = Logger.getLogger(DeliverStep.class);
    private static final Failure UNDELIVERABLE = Failure.of(MessageCode.RESULT_UNAVAILABLE);

    private final StepRepository steps;
    private final ProviderTaskRepository tasks;
    private final TaskOutcomes outcomes;
    private final Delivery delivery;
    private final ResultStorage storage;
    private final KieClient kie;
    private final Pace pace;
    private final MeterRegistry metrics;

    DeliverStep(
            StepRepository steps,
            ProviderTaskRepository tasks,
            TaskOutcomes outcomes,
            Delivery delivery,
            ResultStorage storage,
            KieClient kie,
            Pace pace,
            MeterRegistry metrics) {
        this.steps = steps;
        this.tasks = tasks;
        this.outcomes = outcomes;
        this.delivery = delivery;
        this.storage = storage;
        this.kie = kie;
        this.pace = pace;
        this.metrics = metrics;
    }

    public void take(ProviderTask task) {
        if (task.resultWanted()) {
            attempt(task);
        } else {
            accountFor(task);
        }
        clearLeftovers(task);
    }

    private void attempt(ProviderTask task) {
        List<StoredAsset> stored = new ArrayList<>();
        for (int i = 0; i < task.results().size(); i++) {
            switch (deliver(task, i)) {
                case DeliveryOutcome.Stored done -> stored.add(done.asset());
                case DeliveryOutcome.SourceUnusable broken ->
                    LOG.warnf("unusable file: generationId=%s cause=%s", task.generationId(), broken.cause());
                case DeliveryOutcome.TryLater later -> {
                    LOG.warnf("not stored, trying later: generationId=%s cause=%s", task.generationId(), later.cause());
                    tryLater(task, new Postponement.AfterSetback(pace.afterSetback(task)));
                    return;
                }
            }
        }
        conclude(task, stored);
    }

    private DeliveryOutcome deliver(ProviderTask task, int position) {
        var target = new Delivery.Target(task.userId(), task.generationId(), position, task.modality());
        DeliveryOutcome outcome = delivery.deliver(target, source(task, position));
        metrics.counter(
                        "reklamai.provider.deliveries",
                        "outcome",
                        outcome.getClass().getSimpleName())
                .increment();
        return outcome;
    }

    /** After the last attempt some files are better than none. */
    private void conclude(ProviderTask task, List<StoredAsset> stored) {
        boolean complete = stored.size() == task.results().size();
        boolean lastAttempt = pace.isLastDelivery(task);
        if (complete || (lastAttempt && !stored.isEmpty())) {
            succeed(task, stored);
        } else if (lastAttempt) {
            outcomes.fail(task, UNDELIVERABLE, Optional.empty());
        } else {
            tryLater(task, new Postponement.DeliveryFailed(pace.afterSetback(task)));
        }
    }

    /** The first attempt takes the address as it is; later ones ask for a fresh one, also through the status. */
    private ResultFile source(ProviderTask task, int position) {
        ResultFile known = task.results().get(position);
        if (task.deliveryAttempts() == 0) {
            return known;
        }
        return kie.freshUrl(known.url())
                .map(known::at)
                .or(() -> asStatusSays(task, position))
                .orElse(known);
    }

    private Optional<ResultFile> asStatusSays(ProviderTask task, int position) {
        TaskStatus status =
                kie.status(task.family(), task.providerTaskId().orElseThrow()).status();
        return status instanceof TaskStatus.Succeeded succeeded
                        && succeeded.files().size() > position
                ? Optional.of(succeeded.files().get(position))
                : Optional.empty();
    }

    /** A cancellation may have come meanwhile. */
    private void succeed(ProviderTask task, List<StoredAsset> stored) {
        steps.succeed(task, stored).ifPresentOrElse(outcomes::announce, () -> accountFor(task));
    }

    private void accountFor(ProviderTask task) {
        steps.accountFor(task).ifPresent(outcomes::announce);
    }

    /**
     * Takes away what was stored for a task that ended without it. Every attempt looks at its end, not only the one
     * that ends the task: one that took longer than its lease may have stored files after that.
     */
    private void clearLeftovers(ProviderTask task) {
        tasks.find(task.generationId())
                .filter(ended -> ended.hasEnded()
                        && ended.assets().size() < task.results().size())
                .ifPresent(ended -> storage.clearAllBut(ended.userId(), ended.generationId(), ended.paths()));
    }

    private void tryLater(ProviderTask task, Postponement postponement) {
        if (task.isOverdue()) {
            outcomes.passDeadline(task);
        } else if (pace.isWatchedEnough(task)) {
            outcomes.giveUp(task);
        } else {
            steps.postpone(task, postponement);
        }
    }
}
