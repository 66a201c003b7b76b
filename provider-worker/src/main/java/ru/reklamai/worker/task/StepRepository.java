package ru.reklamai.worker.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ru.reklamai.events.Failure;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;

/**
 * Transitions of a task that the loop makes; README.md shows them all. Each is made only from the states that it names,
 * and only under the lease that the task was claimed with, so that a step that took too long can't overwrite its
 * successor's. Each returns the task after it, empty where it was not made. A callback may have come during the step:
 * then what was being submitted is running, and the next step is due at once.
 */
@ApplicationScoped
public class StepRepository {

    private static final String START_SUBMITTING = underLease("""
            UPDATE provider.provider_tasks t
            SET resubmissions = resubmissions + CASE WHEN status = 'submitting' THEN 1 ELSE 0 END,
                status = 'submitting', submissions = submissions + 1, next_step_at = leased_until + $3,
                updated_at = now()
            WHERE status IN ('pending', 'submitting')
            """);

    private static final String SUBMITTED = underLease("""
            UPDATE provider.provider_tasks t
            SET status = 'running', setbacks = 0, version = version + 1,
                provider_task_id = coalesce(provider_task_id, $5),
                duplicate_task_ids = CASE WHEN provider_task_id <> $5 THEN array_append(duplicate_task_ids, $5)
                                          ELSE duplicate_task_ids END,
                submitted_at = coalesce(submitted_at, now()),
                next_step_at = CASE WHEN callbacks = $3 THEN now() + $4 ELSE now() END,
                lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE status IN ('submitting', 'running')
            """);

    private static final String POSTPONE_UNTIL_NEXT_POLL =
            postpone("setbacks = 0, not_found = 0", "'submitting', 'running'");

    private static final String POSTPONE_AFTER_SETBACK =
            postpone("setbacks = setbacks + 1, not_found = 0", "'pending', 'submitting', 'running', 'delivering'");

    private static final String POSTPONE_NOT_SUBMITTED = postpone("""
            status = CASE WHEN status = 'submitting' THEN 'pending' ELSE status END,
                setbacks = setbacks + 1, not_found = 0""", "'submitting', 'running'");

    private static final String POSTPONE_NOT_FOUND = postpone("setbacks = 0, not_found = not_found + 1", "'running'");

    private static final String POSTPONE_DELIVERY_FAILED =
            postpone("setbacks = setbacks + 1, delivery_attempts = delivery_attempts + 1", "'delivering'");

    private static final String PROGRESSED = underLease("""
            UPDATE provider.provider_tasks t
            SET progress = $5, setbacks = 0, not_found = 0, version = version + 1,
                next_step_at = CASE WHEN callbacks = $3 THEN now() + $4 ELSE now() END,
                lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE status = 'running'
            """);

    private static final String START_DELIVERING = underLease("""
            UPDATE provider.provider_tasks t
            SET status = 'delivering', results = $3::text::jsonb, raw_answer = $4, next_step_at = now(),
                updated_at = now()
            WHERE status = 'running'
            """);

    private static final String SUCCEED = underLease("""
            UPDATE provider.provider_tasks t
            SET status = 'succeeded', assets = $3::text::jsonb, progress = 100, version = version + 1,
                lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE status = 'delivering' AND result_wanted
            """);

    private static final String ACCOUNT_FOR = underLease("""
            UPDATE provider.provider_tasks t
            SET status = 'succeeded', assets = '[]', lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE status = 'delivering' AND NOT result_wanted
            """);

    private static final String FAIL = underLease("""
            UPDATE provider.provider_tasks t
            SET status = 'failed', error_code = $3, error_parameters = $4, raw_answer = coalesce($5, raw_answer),
                version = version + 1, lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE status IN ('pending', 'submitting', 'running', 'delivering')
            """);

    private static final String PASS_DEADLINE = underLease("""
            UPDATE provider.provider_tasks t
            SET deadline_passed_at = now(), error_code = $3, error_parameters = $4, version = version + 1,
                next_step_at = now() + $5, lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE status IN ('submitting', 'running', 'delivering')
            """);

    private final ProviderTaskRepository rows;

    StepRepository(ProviderTaskRepository rows) {
        this.rows = rows;
    }

    private static String underLease(String update) {
        return update + "AND generation_id = $1 AND lease_id = $2 RETURNING " + ProviderTaskRepository.COLUMNS;
    }

    private static String postpone(String changes, String fromStates) {
        return underLease("""
            UPDATE provider.provider_tasks t
            SET %s,
                next_step_at = CASE WHEN callbacks = $3 THEN now() + $4 ELSE now() END,
                lease_id = NULL, leased_until = NULL
            WHERE status IN (%s)
            """.formatted(changes, fromStates));
    }

    /** Commits that a submission is under way; until the lease and this grace have passed nobody tries another. */
    public Optional<ProviderTask> startSubmitting(ProviderTask task, Duration grace) {
        return rows.task(START_SUBMITTING, task.generationId(), task.leaseId(), grace);
    }

    public Optional<ProviderTask> submitted(ProviderTask task, String providerTaskId, Duration untilFirstPoll) {
        return rows.task(
                SUBMITTED, task.generationId(), task.leaseId(), task.callbacks(), untilFirstPoll, providerTaskId);
    }

    public Optional<ProviderTask> postpone(ProviderTask task, Postponement postponement) {
        String statement =
                switch (postponement) {
                    case Postponement.UntilNextPoll _ -> POSTPONE_UNTIL_NEXT_POLL;
                    case Postponement.AfterSetback _ -> POSTPONE_AFTER_SETBACK;
                    case Postponement.NotSubmitted _ -> POSTPONE_NOT_SUBMITTED;
                    case Postponement.NotFound _ -> POSTPONE_NOT_FOUND;
                    case Postponement.DeliveryFailed _ -> POSTPONE_DELIVERY_FAILED;
                };
        return rows.task(statement, task.generationId(), task.leaseId(), task.callbacks(), postponement.delay());
    }

    public Optional<ProviderTask> progressed(ProviderTask task, int progress, Duration untilNextPoll) {
        return rows.task(PROGRESSED, task.generationId(), task.leaseId(), task.callbacks(), untilNextPoll, progress);
    }

    /** Keeps the lease: delivery follows in the same step. */
    public Optional<ProviderTask> startDelivering(ProviderTask task, List<ResultFile> results, String rawAnswer) {
        return rows.task(START_DELIVERING, task.generationId(), task.leaseId(), rows.write(results), rawAnswer);
    }

    /** Not made either where the result is not wanted any more. */
    public Optional<ProviderTask> succeed(ProviderTask task, List<StoredAsset> assets) {
        return rows.task(SUCCEED, task.generationId(), task.leaseId(), rows.write(assets));
    }

    /** Ends a task whose result is not wanted: nothing is stored and nobody is told. Not made where it is wanted. */
    public Optional<ProviderTask> accountFor(ProviderTask task) {
        return rows.task(ACCOUNT_FOR, task.generationId(), task.leaseId());
    }

    public Optional<ProviderTask> fail(ProviderTask task, Failure error, Optional<String> rawAnswer) {
        return rows.task(FAIL, task.generationId(), task.leaseId(), error.code(), parameters(error), rawAnswer);
    }

    /** The owner's wait is over; the task is watched on. */
    public Optional<ProviderTask> passDeadline(ProviderTask task, Failure error, Duration untilNextStep) {
        return rows.task(
                PASS_DEADLINE, task.generationId(), task.leaseId(), error.code(), parameters(error), untilNextStep);
    }

    private static String[] parameters(Failure error) {
        return error.parameters().toArray(String[]::new);
    }
}
