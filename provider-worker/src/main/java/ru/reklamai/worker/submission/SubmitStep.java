package ru.reklamai.worker.submission;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.worker.kie.CreateOutcome;
import ru.reklamai.worker.kie.KieClient;
import ru.reklamai.worker.submission.InputAddresses.NotAddressableException;
import ru.reklamai.worker.task.Pace;
import ru.reklamai.worker.task.Postponement;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.StepRepository;
import ru.reklamai.worker.task.TaskOutcomes;
import ru.reklamai.worker.task.TaskPublisher;

/** Asks KIE to create the task: committed before the call, and never repeated blindly. */
@ApplicationScoped
public class SubmitStep {

    private static final Logger LOG = Logger.getLogger(SubmitStep.class);

    private final StepRepository steps;
    private final TaskPublisher publisher;
    private final TaskOutcomes outcomes;
    private final KieClient kie;
    private final AccountBreaker account;
    private final InputAddresses inputs;
    private final CallbackAddresses callbacks;
    private final Pace pace;
    private final MeterRegistry metrics;

    SubmitStep(
            StepRepository steps,
            TaskPublisher publisher,
            TaskOutcomes outcomes,
            KieClient kie,
            AccountBreaker account,
            InputAddresses inputs,
            CallbackAddresses callbacks,
            Pace pace,
            MeterRegistry metrics) {
        this.steps = steps;
        this.publisher = publisher;
        this.outcomes = outcomes;
        this.kie = kie;
        this.account = account;
        this.inputs = inputs;
        this.callbacks = callbacks;
        this.pace = pace;
        this.metrics = metrics;
    }

    public void take(ProviderTask task) {
        boolean unanswered = task.status() == ProviderTask.Status.SUBMITTING;
        if (task.isAbandoned() || task.isOverdue()) {
            giveUp(task, unanswered);
            return;
        }
        if (unanswered) {
            LOG.warnf("no answer and no callback, submitting again: generationId=%s", task.generationId());
            metrics.counter("reklamai.provider.resubmissions").increment();
        }
        try {
            Map<String, Object> input = inputs.addTo(task.input(), task.files());
            steps.startSubmitting(task, pace.untilResubmission()).ifPresent(submitting -> create(submitting, input));
        } catch (NotAddressableException e) {
            LOG.warnf("input not reachable: generationId=%s cause=%s", task.generationId(), e.getCause());
            steps.postpone(task, new Postponement.AfterSetback(pace.afterSetback(task)));
        }
    }

    /** A task whose create went unanswered may run at KIE: its callback is waited for, so that it is accounted for. */
    private void giveUp(ProviderTask task, boolean unanswered) {
        if (!unanswered || pace.isWatchedEnough(task)) {
            outcomes.giveUp(task);
        } else if (task.isOverdue()) {
            outcomes.passDeadline(task);
        } else {
            steps.postpone(task, new Postponement.UntilNextPoll(pace.untilNextPoll(task)));
        }
    }

    private void create(ProviderTask task, Map<String, Object> input) {
        CreateOutcome outcome =
                kie.create(task.family(), task.providerModel(), input, callbacks.addressOf(task.generationId()));
        metrics.counter(
                        "reklamai.provider.submissions",
                        "outcome",
                        outcome.getClass().getSimpleName())
                .increment();
        apply(task, outcome);
    }

    private void apply(ProviderTask task, CreateOutcome outcome) {
        switch (outcome) {
            case CreateOutcome.Created created -> {
                LOG.infof(
                        "submitted: generationId=%s userId=%s taskId=%s",
                        task.generationId(), task.userId(), created.taskId());
                steps.submitted(task, created.taskId(), pace.untilFirstPoll()).ifPresent(publisher::publish);
            }
            case CreateOutcome.TryLater later -> {
                LOG.infof("not taken, trying later: generationId=%s cause=%s", task.generationId(), later.cause());
                Duration delay = later.retryAfter().orElse(pace.afterSetback(task));
                steps.postpone(task, new Postponement.NotSubmitted(delay));
            }
            case CreateOutcome.AccountBlocked blocked -> {
                account.open(blocked.cause());
                // Due at once: it is the breaker that holds it back, as long as it must.
                steps.postpone(task, new Postponement.NotSubmitted(Duration.ZERO));
            }
            case CreateOutcome.AnswerLost lost -> {
                LOG.warnf("answer of create lost: generationId=%s cause=%s", task.generationId(), lost.cause());
                steps.postpone(task, new Postponement.AfterSetback(pace.untilResubmission()));
            }
            case CreateOutcome.Refused refused -> outcomes.fail(task, refused.failure(), Optional.empty());
        }
    }
}
