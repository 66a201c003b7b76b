package ru.reklamai.worker.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.GenerationCancelled;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.kit.database.Database;
import ru.reklamai.message.MessageCode;

/**
 * Transitions of a task that come from outside of the loop: its order, its cancellation, the provider's callback. None
 * needs the lease; README.md shows them all.
 */
@ApplicationScoped
public class OrderRepository {

    private static final String REQUESTED = """
            INSERT INTO provider.provider_tasks (generation_id, user_id, family, provider_model, modality, input, files,
                                                 deadline_at, traceparent)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8, $9)
            ON CONFLICT (generation_id) DO NOTHING
            """;

    /** A cancellation that overtakes its order leaves an ended task, so that the order starts nothing. */
    private static final String CANCELLED = """
            INSERT INTO provider.provider_tasks AS t
                (generation_id, user_id, family, provider_model, modality, input, files, deadline_at, status,
                 error_code, cancelled_at, result_wanted)
            VALUES ($1, $2, $3, $4, $5, '{}', '[]', now(), 'failed', $6, now(), $7)
            ON CONFLICT (generation_id) DO UPDATE
            SET cancelled_at = coalesce(t.cancelled_at, now()), result_wanted = $7,
                next_step_at = CASE WHEN t.status = 'pending' THEN now() ELSE t.next_step_at END
            WHERE t.status IN ('pending', 'submitting', 'running', 'delivering')
            """;

    private static final String NOTE_TASK_ID = """
            provider_task_id = coalesce(provider_task_id, $2),
            duplicate_task_ids = CASE WHEN provider_task_id <> $2 AND NOT $2 = ANY(duplicate_task_ids)
                                      THEN array_append(duplicate_task_ids, $2) ELSE duplicate_task_ids END
            """;

    /** Takes a pending task out of the hands of a worker that is about to submit it: it was submitted already. */
    private static final String CALLED_BACK = """
            UPDATE provider.provider_tasks
            SET status = CASE WHEN status IN ('pending', 'submitting') THEN 'running' ELSE status END,
                version = CASE WHEN status IN ('pending', 'submitting') THEN version + 1 ELSE version END,
                lease_id = CASE WHEN status = 'pending' THEN NULL ELSE lease_id END,
                leased_until = CASE WHEN status = 'pending' THEN NULL ELSE leased_until END,
                callbacks = callbacks + 1, next_step_at = now(), submitted_at = coalesce(submitted_at, now()),
            """ + NOTE_TASK_ID + """
            WHERE status IN ('pending', 'submitting', 'running', 'delivering')
              AND generation_id = $1
            """;

    private static final String CALLED_BACK_TOO_LATE = "UPDATE provider.provider_tasks SET " + NOTE_TASK_ID + """
            WHERE status IN ('succeeded', 'failed')
              AND generation_id = $1
            """;

    private final Database database;
    private final ProviderTaskRepository rows;

    OrderRepository(Database database, ProviderTaskRepository rows) {
        this.database = database;
        this.rows = rows;
    }

    /** What a callback did. */
    public enum CallbackOutcome {
        TAKEN,
        /** The task has ended; only the provider's task id was noted, since it may be one that we paid for twice. */
        TOO_LATE,
        NO_SUCH_TASK
    }

    /** False if there is such a task already. */
    public boolean requested(GenerationRequested event, Optional<String> traceparent) {
        return database.update(
                        REQUESTED,
                        event.generationId(),
                        event.userId(),
                        event.family().text(),
                        event.providerModel(),
                        event.modality(),
                        rows.write(event.input()),
                        rows.write(event.files()),
                        event.deadlineAt(),
                        traceparent)
                == 1;
    }

    /** False if the task has ended. A repeat changes nothing. */
    public boolean cancelled(GenerationCancelled event) {
        return database.update(
                        CANCELLED,
                        event.generationId(),
                        event.userId(),
                        event.family().text(),
                        event.providerModel(),
                        event.modality(),
                        MessageCode.CANCELLED.text(),
                        event.resultWanted())
                == 1;
    }

    /** Makes the next step due now; a task whose create went unanswered gets its id. */
    public CallbackOutcome calledBack(UUID generationId, String providerTaskId) {
        if (database.update(CALLED_BACK, generationId, providerTaskId) == 1) {
            return CallbackOutcome.TAKEN;
        }
        return database.update(CALLED_BACK_TOO_LATE, generationId, providerTaskId) == 1
                ? CallbackOutcome.TOO_LATE
                : CallbackOutcome.NO_SUCH_TASK;
    }
}
