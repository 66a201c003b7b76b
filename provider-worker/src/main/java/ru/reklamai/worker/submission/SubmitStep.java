package ru.reklamai.worker.submission;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.worker.input.InputAddresses;
import ru.reklamai.worker.input.InputAddresses.NotAddressableException;
import ru.reklamai.worker.kie.AccountBreaker;
import ru.reklamai.worker.kie.CreateOutcome;
import ru.reklamai.worker.kie.KieClient;
import ru.reklamai.worker.task.StepRepository.PutOff;

/** Asks KIE to create the task: committed before the call, and never repeated blindly. */
@ApplicationScoped
class SubmitStep {

    private static final Logger LOG = Logger.getLogger(SubmitStep.class);

    private final StepRepository steps;
    private final TaskPublisher publisher;
    private final TaskEnds ends;
    private final KieClient kie;
    private final AccountBreaker account;
    private final InputAddresses inputs;
    private final LoopConfig config;
    private final Pace pace;
    private final MeterRegistry metrics;

    SubmitStep(
            StepRepository steps,
            TaskPublisher publisher,
            TaskEnds ends,
            KieClient kie,
            AccountBreaker account,
            InputAddresses inputs,
            LoopConfig config,
            Pace pace,
            MeterRegistry metrics) {
        this.steps = steps;
        this.publisher = publisher;
        this.ends = ends;
        this.kie = kie;
        this.account = account;
        this.inputs = inputs;
        this.config = config;
        this.pace = pace;
        this.metrics = metrics;
    }

    void take(ProviderTask task) {
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
            steps.startSubmitting(task, config.lease().plus(config.resubmitGrace()))
                    .ifPresent(submitting -> create(submitting, input));
        } catch (NotAddressableException e) {
            LOG.warnf("input not reachable: generationId=%s cause=%s", task.generationId(), e.getCause());
            steps.putOff(task, PutOff.afterSetback(pace.afterSetback(task)));
        }
    }

    /** One whose answer was lost may run at KIE: its callback is waited for, so that it is accounted for. */
    private void giveUp(ProviderTask task, boolean unanswered) {
        if (!unanswered || pace.isWatchedEnough(task)) {
            ends.giveUp(task);
        } else if (task.isOverdue()) {
            ends.passDeadline(task);
        } else {
            steps.putOff(task, PutOff.untilNextPoll(pace.untilNextPoll(task)));
        }
    }

    private void create(ProviderTask task, Map<String, Object> input) {
        CreateOutcome outcome = kie.create(task.generationId(), task.family(), task.providerModel(), input);
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
                steps.submitted(task, created.taskId(), config.firstPoll()).ifPresent(publisher::publish);
            }
            case CreateOutcome.TryLater later -> {
                LOG.infof("not taken, trying later: generationId=%s cause=%s", task.generationId(), later.cause());
                steps.putOff(task, backToPending(later.retryAfter().orElse(pace.afterSetback(task))));
            }
            case CreateOutcome.AccountBlocked blocked -> {
                account.open(blocked.cause());
                steps.putOff(task, backToPending(config.tick()));
            }
            case CreateOutcome.AnswerLost lost -> {
                LOG.warnf("answer of create lost: generationId=%s cause=%s", task.generationId(), lost.cause());
                steps.putOff(task, PutOff.afterSetback(config.resubmitGrace()));
            }
            case CreateOutcome.Refused refused ->
                ends.fail(task, new ErrorInfo(refused.code(), refused.message()), Optional.empty());
        }
    }

    private static PutOff backToPending(Duration delay) {
        return new PutOff(delay, true, true, 0, false);
    }
}
