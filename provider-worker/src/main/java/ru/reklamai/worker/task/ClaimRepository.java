package ru.reklamai.worker.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** SQL that hands due tasks to workers, each to one at a time, under a lease that ends by itself. */
@ApplicationScoped
public class ClaimRepository {

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

    private static final String RELEASE = """
            UPDATE provider.provider_tasks
            SET lease_id = NULL, leased_until = NULL
            WHERE lease_id = ANY($1)
              AND status IN ('pending', 'running', 'delivering')
            """;

    private final Database database;
    private final ProviderTaskRepository rows;

    ClaimRepository(Database database, ProviderTaskRepository rows) {
        this.database = database;
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
            """.formatted(which) + ProviderTaskRepository.COLUMNS;
    }

    /** @param running tasks that count against KIE's limit of tasks at once */
    public record Load(int dueSubmissions, int running) {}

    public Load load() {
        return database.one(
                row -> new Load(
                        row.getLong("due_submissions").intValue(),
                        row.getLong("running").intValue()),
                LOAD);
    }

    /** Takes due tasks that KIE has, or whose files it made. */
    public List<ProviderTask> atProvider(int limit, Duration lease) {
        return rows.tasks(CLAIM_AT_PROVIDER, limit, lease);
    }

    public List<ProviderTask> toSubmit(int limit, Duration lease) {
        return rows.tasks(CLAIM_TO_SUBMIT, limit, lease);
    }

    /** Takes due tasks that were never known to be submitted, and that nobody waits for any more. */
    public List<ProviderTask> toGiveUp(int limit, Duration lease) {
        return rows.tasks(CLAIM_TO_GIVE_UP, limit, lease);
    }

    /** Gives tasks back at once; one that is being submitted waits for its lease's end all the same. */
    public void release(Collection<UUID> leases) {
        database.update(RELEASE, (Object) leases.toArray(UUID[]::new));
    }
}
