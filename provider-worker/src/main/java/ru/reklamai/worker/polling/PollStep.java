package ru.reklamai.worker.polling;

import ru.reklamai.message.MessageCode;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.worker.kie.AccountBreaker;
import ru.reklamai.worker.kie.KieClient;
import ru.reklamai.worker.kie.TaskStatus;
import ru.reklamai.worker.task.StepRepository.PutOff;

/** Asks KIE how a task stands. A query that fails says nothing of the task. */
@ApplicationScoped
class PollStep {

    private static final Logger LOG = Logger.getLogger(PollStep.class);
    private static final int NOT_FOUND_LIMIT = 3;
    private static final ErrorInfo LOST =
            new ErrorInfo("provider-lost-task", MessageCode.PROVIDER_LOST_TASK);

    private final StepRepository steps;
    private final TaskPublisher publisher;
    private final TaskEnds ends;
    private final DeliverStep deliver;
    private final KieClient kie;
    private final AccountBreaker account;
    private final Pace pace;

    PollStep(
            StepRepository steps,
            TaskPublisher publisher,
            TaskEnds ends,
            DeliverStep deliver,
            KieClient kie,
            AccountBreaker account,
            Pace pace) {
        this.steps = steps;
        this.publisher = publisher;
        this.ends = ends;
        this.deliver = deliver;
        this.kie = kie;
        this.account = account;
        this.pace = pace;
    }

    void take(ProviderTask task) {
        KieClient.Looked looked =
                kie.status(task.family(), task.providerTaskId().orElseThrow());
        switch (looked.status()) {
            case TaskStatus.Succeeded succeeded ->
                steps.delivering(task, succeeded.files(), looked.raw()).ifPresent(deliver::take);
            case TaskStatus.Failed failed ->
                ends.fail(task, new ErrorInfo(failed.code(), failed.message()), Optional.of(looked.raw()));
            case TaskStatus.NotFound()
            when task.notFound() + 1 >= NOT_FOUND_LIMIT -> ends.fail(task, LOST, Optional.empty());
            case TaskStatus.NotFound() ->
                steps.putOff(task, new PutOff(pace.untilNextPoll(task), false, false, task.notFound() + 1, false));
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
            ends.passDeadline(task);
        } else if (pace.isWatchedEnough(task)) {
            ends.giveUp(task);
        } else if (progress.isPresent() && !progress.equals(task.progress()) && !task.isAbandoned()) {
            steps.progress(task, progress.get(), pace.untilNextPoll(task)).ifPresent(publisher::publish);
        } else {
            steps.putOff(task, PutOff.untilNextPoll(pace.untilNextPoll(task)));
        }
    }
}
