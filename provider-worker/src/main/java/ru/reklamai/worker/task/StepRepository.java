package ru.reklamai.worker.task;

import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.worker.kie.ResultFile;

/**
 * SQL of the loop. A step's result is written only under the lease that the task was claimed with, so a step that took
 * too long can't overwrite its successor's. Each transition returns the task after it, empty where the lease is gone.
 */
@ApplicationScoped
class StepRepository {

    private static final String START_SUBMITTING = transition("""
            resubmissions = resubmissions + CASE WHEN status = 'submitting' THEN 1 ELSE 0 END,
            status = 'submitting', submissions = submissions + 1, next_step_at = now() + $3, updated_at = now()
            """);

    private static final String SUBMITTED = transition("""
            status = CASE WHEN status = 'submitting' THEN 'running' ELSE status END,
            provider_task_id = coalesce(provider_task_id, $3),
            duplicate_task_ids = CASE WHEN provider_task_id <> $3 THEN array_append(duplicate_task_ids, $3)
                                      ELSE duplicate_task_ids END,
            submitted_at = coalesce(submitted_at, now()), setbacks = 0, version = version + 1,
            next_step_at = CASE WHEN hints = $4 THEN now() + $5 ELSE now() END,
            lease_id = NULL, leased_until = NULL, updated_at = now()
            """);

    private static final String PUT_OFF = transition("""
            status = CASE WHEN status = 'submitting' AND $5 THEN 'pending' ELSE status END,
            setbacks = setbacks + $6, not_found = $7, delivery_attempts = delivery_attempts + $8,
            next_step_at = CASE WHEN hints = $3 THEN now() + $4 ELSE now() END,
            lease_id = NULL, leased_until = NULL
            """);

    private static final String PROGRESS = transition("""
            progress = $5, setbacks = 0, not_found = 0, version = version + 1,
            next_step_at = CASE WHEN hints = $3 THEN now() + $4 ELSE now() END,
            lease_id = NULL, leased_until = NULL, updated_at = now()
            """);

    private static final String DELIVERING = transition("""
            status = 'delivering', results = $3::text::jsonb, raw_answer = $4, next_step_at = now(), updated_at = now()
            """);

    private static final String SUCCEED = transition("""
            status = 'succeeded', assets = $3::text::jsonb, progress = 100, version = version + 1,
            lease_id = NULL, leased_until = NULL, updated_at = now()
            """, "result_wanted");

    private static final String ACCOUNT_FOR = transition("""
            status = 'succeeded', assets = '[]', lease_id = NULL, leased_until = NULL, updated_at = now()
            """, "NOT result_wanted");

    private static final String FAIL = transition("""
            status = 'failed', error_code = $3, error_message = $4, raw_answer = coalesce($5, raw_answer),
            version = version + 1, lease_id = NULL, leased_until = NULL, updated_at = now()
            """);

    private static final String PASS_DEADLINE = transition("""
            deadline_passed_at = now(), error_code = $3, error_message = $4, version = version + 1,
            next_step_at = now() + $5, lease_id = NULL, leased_until = NULL, updated_at = now()
            """);

    private final ProviderTaskRowsRepository rows;

    StepRepository(ProviderTaskRowsRepository rows) {
        this.rows = rows;
    }

    private static String transition(String changes, String... conditions) {
        String where = conditions.length == 0 ? "" : " AND " + String.join(" AND ", conditions);
        return "UPDATE provider.provider_tasks t SET " + changes + "WHERE generation_id = $1 AND lease_id = $2" + where
                + " RETURNING " + ProviderTaskRowsRepository.COLUMNS;
    }

    /** Commits that a submission is under way; until {@code patience} has passed nobody tries another. */
    Optional<ProviderTask> startSubmitting(ProviderTask task, Duration patience) {
        return rows.task(
                START_SUBMITTING,
                Tuple.of(task.generationId(), task.leaseId(), ProviderTaskRowsRepository.interval(patience)));
    }

    Optional<ProviderTask> submitted(ProviderTask task, String providerTaskId, Duration firstPoll) {
        return rows.task(
                SUBMITTED,
                Tuple.of(
                        task.generationId(),
                        task.leaseId(),
                        providerTaskId,
                        task.hints(),
                        ProviderTaskRowsRepository.interval(firstPoll)));
    }

    /**
     * What a postponed task keeps in mind.
     *
     * @param backToPending nothing was started: it may be submitted again
     * @param setback raises the back-off; else it starts anew
     * @param notFound how often in a row the provider didn't know the task
     * @param deliveryAttempt counts an attempt to fetch its files
     */
    record PutOff(Duration delay, boolean backToPending, boolean setback, int notFound, boolean deliveryAttempt) {

        static PutOff untilNextPoll(Duration delay) {
            return new PutOff(delay, false, false, 0, false);
        }

        static PutOff afterSetback(Duration delay) {
            return new PutOff(delay, false, true, 0, false);
        }
    }

    void putOff(ProviderTask task, PutOff how) {
        rows.task(
                PUT_OFF,
                Tuple.tuple()
                        .addUUID(task.generationId())
                        .addUUID(task.leaseId())
                        .addInteger(task.hints())
                        .addValue(ProviderTaskRowsRepository.interval(how.delay()))
                        .addBoolean(how.backToPending())
                        .addInteger(how.setback() ? 1 : -task.setbacks())
                        .addInteger(how.notFound())
                        .addInteger(how.deliveryAttempt() ? 1 : 0));
    }

    Optional<ProviderTask> progress(ProviderTask task, int progress, Duration nextPoll) {
        return rows.task(
                PROGRESS,
                Tuple.of(
                        task.generationId(),
                        task.leaseId(),
                        task.hints(),
                        ProviderTaskRowsRepository.interval(nextPoll),
                        progress));
    }

    /** Keeps the lease: delivery follows in the same step. */
    Optional<ProviderTask> delivering(ProviderTask task, List<ResultFile> results, String rawAnswer) {
        return rows.task(DELIVERING, Tuple.of(task.generationId(), task.leaseId(), rows.write(results), rawAnswer));
    }

    /** Empty also where the result is not wanted any more. */
    Optional<ProviderTask> succeed(ProviderTask task, List<StoredAsset> assets) {
        return rows.task(SUCCEED, Tuple.of(task.generationId(), task.leaseId(), rows.write(assets)));
    }

    /** Ends a task whose result is not wanted: nothing is stored and nobody is told. Empty where it is wanted. */
    Optional<ProviderTask> accountFor(ProviderTask task) {
        return rows.task(ACCOUNT_FOR, Tuple.of(task.generationId(), task.leaseId()));
    }

    Optional<ProviderTask> fail(ProviderTask task, ErrorInfo error, Optional<String> rawAnswer) {
        return rows.task(
                FAIL,
                Tuple.of(task.generationId(), task.leaseId(), error.code(), error.message(), rawAnswer.orElse(null)));
    }

    /** The owner's wait is over; the task is watched on. */
    Optional<ProviderTask> passDeadline(ProviderTask task, ErrorInfo error, Duration nextStep) {
        return rows.task(
                PASS_DEADLINE,
                Tuple.of(
                        task.generationId(),
                        task.leaseId(),
                        error.code(),
                        error.message(),
                        ProviderTaskRowsRepository.interval(nextStep)));
    }
}
