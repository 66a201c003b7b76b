package ru.reklamai.worker.polling;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.events.Failure;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.delivery.DeliverStep;
import ru.reklamai.worker.kie.KieClient;
import ru.reklamai.worker.kie.KieClient.StatusAnswer;
import ru.reklamai.worker.kie.TaskStatus;
import ru.reklamai.worker.submission.AccountBreaker;
import ru.reklamai.worker.task.Pace;
import ru.reklamai.worker.task.Postponement;
import ru.reklamai.worker.task.ProviderTask;
import ru.reklamai.worker.task.StepRepository;
import ru.reklamai.worker.task.TaskOutcomes;
import ru.reklamai.worker.task.TaskPublisher;

/** Asks KIE how a task stands. A query that fails says nothing about the task. */
@ApplicationScoped
public class PollStep {

    private static final Logger LOG = Logger.getLogger(PollStep.class);
    private static final Failure LOST = Failure.of(MessageCode.PROVIDER_LOST_TASK);

    private final StepRepository steps;
    private final TaskPublisher publisher;
    private final TaskOutcomes outcomes;
    private final DeliverStep deliver;
    private final KieClient kie;
    private final AccountBreaker account;
    private final Pace pace;

    PollStep(
            StepRepository steps,
            TaskPublisher publisher,
            TaskOutcomes outcomes,
            DeliverStep deliver,
            KieClient kie,
            AccountBreaker account,
            Pace pace) {
        this.steps = steps;
        this.publisher = publisher;
        this.outcomes = outcomes;
        this.deliver = deliver;
        this.kie = kie;
        this.account = account;
        this.pace = pace;
    }

    public void take(ProviderTask task) {
        StatusAnswer answer = kie.status(task.family(), task.providerTaskId().orElseThrow());
        switch (answer.status()) {
            case TaskStatus.Succeeded succeeded ->
                steps.startDelivering(task, succeeded.files(), answer.raw()).ifPresent(deliver::take);
            case TaskStatus.Failed failed -> outcomes.fail(task, failed.failure(), Optional.of(answer.raw()));
            case TaskStatus.NotFound() when pace.isLost(task) -> outcomes.fail(task, LOST, Optional.empty());
            case TaskStatus.NotFound() -> steps.postpone(task, new Postponement.NotFound(pace.untilNextPoll(task)));
            case TaskStatus.AccountBlocked blocked -> {
                account.open(blocked.cause());
                waitOn(task, task.progress());
            }
            case TaskStatus.Unknown unknown -> {
                LOG.infof("status unknown: generationId=%s cause=%s", task.generationId(), unknown.cause());
                waitOn(task, task.progress());
            }
            case TaskStatus.Running running -> waitOn(task, running.progress());
        }
    }

    /** The task goes on at the provider, or seems to. */
    private void waitOn(ProviderTask task, Optional<Integer> progress) {
        if (task.isOverdue()) {
            outcomes.passDeadline(task);
        } else if (pace.isWatchedEnough(task)) {
            outcomes.giveUp(task);
        } else if (progress.isPresent() && !progress.equals(task.progress()) && !task.isAbandoned()) {
            steps.progressed(task, progress.get(), pace.untilNextPoll(task)).ifPresent(publisher::publish);
        } else {
            steps.postpone(task, new Postponement.UntilNextPoll(pace.untilNextPoll(task)));
        }
    }
}
