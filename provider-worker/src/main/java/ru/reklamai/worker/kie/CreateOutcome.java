package ru.reklamai.worker.kie;

import java.time.Duration;
import java.util.Optional;
import ru.reklamai.events.Failure;

/** What is known after asking KIE to create a task. */
public sealed interface CreateOutcome {

    record Created(String taskId) implements CreateOutcome {}

    /**
     * Nothing was started; the same may work later.
     *
     * @param retryAfter how long KIE asks us to wait, if it says
     */
    record TryLater(String cause, Optional<Duration> retryAfter) implements CreateOutcome {}

    /** Nothing was started, and this input never will be. */
    record Refused(Failure failure) implements CreateOutcome {}

    /** Our account can't submit (bad key, no money): an operator must act, the generation waits. */
    record AccountBlocked(String cause) implements CreateOutcome {}

    /** A paid task may or may not have been started: only its callback can tell. */
    record AnswerLost(String cause) implements CreateOutcome {}
}
