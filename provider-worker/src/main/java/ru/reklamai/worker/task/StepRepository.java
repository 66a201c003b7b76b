package ru.reklamai.worker.task;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.data.Interval;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.worker.kie.ResultFile;

/**
 * SQL of the loop. A step's result is written only under the lease that the task was claimed with, so a step that took
 * too long can't overwrite its successor's. Each transition returns the task after it, empty where the lease is gone.
 */
@ApplicationScoped
class StepRepository {

    private static final String LOAD = """
            SELECT count(*) FILTER (WHERE status IN ('pending', 'submitting')
                                      AND next_step_at <= now()
                                      AND (leased_until IS NULL OR leased_until < now())) AS due_submissions,
                   count(*) FILTER (WHERE status IN ('submitting', 'running')) AS running
            FROM provider.provider_tasks
            WHERE status IN ('pending', 'submitting', 'running', 'delivering')
            """;

    private static final String CLAIM_AT_PROVIDER = claim("t.status IN ('running', 'delivering')");

    private static final String CLAIM_TO_SUBMIT = claim("""
            t.status IN ('pending', 'submitting') AND t.deadline_at > now() AND t.cancelled_at IS NULL""");

    private static final String CLAIM_TO_GIVE_UP = claim("""
            t.status IN ('pending', 'submitting') AND (t.deadline_at <= now() OR t.cancelled_at IS NOT NULL)""");

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

    private static final String RELEASE = """
            UPDATE provider.provider_tasks
            SET lease_id = NULL, leased_until = NULL
            WHERE lease_id = ANY($1)
              AND status IN ('pending', 'running', 'delivering')
            """;

    private final ProviderTaskRowsRepository rows;

    StepRepository(ProviderTaskRowsRepository rows) {
        this.rows = rows;
    }

    /** In turn between users: nobody's many tasks hold up another's first. */
    private static String claim(String which) {
        return """
            WITH due AS (
                SELECT t.generation_id, t.next_step_at,
                       row_number() OVER (PARTITION BY t.user_id ORDER BY t.next_step_at) AS turn
                FROM provider.provider_tasks t
                WHERE %1$s
                  AND t.next_step_at <= now()
                  AND (t.leased_until IS NULL OR t.leased_until < now())
            ), picked AS (
                SELECT t.generation_id
                FROM provider.provider_tasks t
                JOIN due ON due.generation_id = t.generation_id
                WHERE %1$s
                  AND (t.leased_until IS NULL OR t.leased_until < now())
                ORDER BY due.turn, due.next_step_at
                LIMIT $1
                FOR UPDATE OF t SKIP LOCKED
            )
            UPDATE provider.provider_tasks t
            SET lease_id = gen_random_uuid(), leased_until = now() + $2
            FROM picked
            WHERE t.generation_id = picked.generation_id
            RETURNING
            """.formatted(which) + ProviderTaskRowsRepository.COLUMNS;
    }

    private static String transition(String changes, String... conditions) {
        String where = conditions.length == 0 ? "" : " AND " + String.join(" AND ", conditions);
        return "UPDATE provider.provider_tasks t SET " + changes + "WHERE generation_id = $1 AND lease_id = $2" + where
                + " RETURNING " + ProviderTaskRowsRepository.COLUMNS;
    }

    /** @param running tasks that count against KIE's limit of tasks at once */
    record Load(int dueSubmissions, int running) {}

    Load load() {
        Row row = rows.query(LOAD, Tuple.tuple()).iterator().next();
        return new Load(
                row.getLong("due_submissions").intValue(),
                row.getLong("running").intValue());
    }

    /** Takes due tasks that KIE has, or whose files it made. */
    List<ProviderTask> claimAtProvider(int limit, Duration lease) {
        return rows.tasks(CLAIM_AT_PROVIDER, Tuple.of(limit, interval(lease)));
    }

    List<ProviderTask> claimToSubmit(int limit, Duration lease) {
        return rows.tasks(CLAIM_TO_SUBMIT, Tuple.of(limit, interval(lease)));
    }

    /** Takes due tasks that were never known to be submitted, and that nobody waits for any more. */
    List<ProviderTask> claimToGiveUp(int limit, Duration lease) {
        return rows.tasks(CLAIM_TO_GIVE_UP, Tuple.of(limit, interval(lease)));
    }

    /** Commits that a submission is under way; until {@code patience} has passed nobody tries another. */
    Optional<ProviderTask> startSubmitting(ProviderTask task, Duration patience) {
        return rows.task(START_SUBMITTING, Tuple.of(task.generationId(), task.leaseId(), interval(patience)));
    }

    Optional<ProviderTask> submitted(ProviderTask task, String providerTaskId, Duration firstPoll) {
        return rows.task(
                SUBMITTED,
                Tuple.of(task.generationId(), task.leaseId(), providerTaskId, task.hints(), interval(firstPoll)));
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
                        .addValue(interval(how.delay()))
                        .addBoolean(how.backToPending())
                        .addInteger(how.setback() ? 1 : -task.setbacks())
                        .addInteger(how.notFound())
                        .addInteger(how.deliveryAttempt() ? 1 : 0));
    }

    Optional<ProviderTask> progress(ProviderTask task, int progress, Duration nextPoll) {
        return rows.task(
                PROGRESS, Tuple.of(task.generationId(), task.leaseId(), task.hints(), interval(nextPoll), progress));
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
                Tuple.of(task.generationId(), task.leaseId(), error.code(), error.message(), interval(nextStep)));
    }

    /** Gives tasks back at once; one that is being submitted waits for its lease's end all the same. */
    void release(Collection<UUID> leases) {
        rows.query(RELEASE, Tuple.of(leases.toArray(UUID[]::new)));
    }

    private static Interval interval(Duration duration) {
        return Interval.of().seconds((int) duration.toSeconds()).microseconds(duration.toMillisPart() * 1000);
    }
}
