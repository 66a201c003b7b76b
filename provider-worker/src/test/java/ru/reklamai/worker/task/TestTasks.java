package ru.reklamai.worker.task;

import com.github.f4b6a3.uuid.UuidCreator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.GenerationCancelled;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.worker.kie.ResultFile;

/** Tasks at the stage where a test needs them. */
@ApplicationScoped
class TestTasks {

    static final Duration LEASE = Duration.ofMinutes(1);

    private final ProviderTaskRepository tasks;
    private final ProviderTaskRowsRepository rows;
    private final ClaimRepository claims;
    private final StepRepository steps;

    TestTasks(
            ProviderTaskRepository tasks,
            ProviderTaskRowsRepository rows,
            ClaimRepository claims,
            StepRepository steps) {
        this.tasks = tasks;
        this.rows = rows;
        this.claims = claims;
        this.steps = steps;
    }

    void deleteAll() {
        rows.query("DELETE FROM provider.provider_tasks", Tuple.tuple());
    }

    UUID insert(UUID user) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        if (!tasks.insert(order(id, user), Optional.empty())) {
            throw new IllegalStateException("There is such a task already: " + id);
        }
        return id;
    }

    /** To be called where no other task is due. */
    ProviderTask claim() {
        return claims.toSubmit(1, LEASE).getFirst();
    }

    /** A new task that KIE has done, in the hands of its delivery; to be called where no other task is due. */
    ProviderTask delivering(UUID user, String resultUrl) {
        insert(user);
        ProviderTask submitting = steps.startSubmitting(claim(), LEASE).orElseThrow();
        steps.submitted(submitting, "task-1", Duration.ZERO);
        ProviderTask running = claims.atProvider(1, LEASE).getFirst();
        return steps.delivering(running, List.of(new ResultFile(resultUrl, null)), "{}")
                .orElseThrow();
    }

    void endLeases() {
        rows.query("UPDATE provider.provider_tasks SET leased_until = now() - INTERVAL '1 second'", Tuple.tuple());
    }

    /** Cancels it, its result unwanted. */
    void cancel(UUID id, UUID user) {
        tasks.cancel(new GenerationCancelled(
                id, GenerationCancelled.TYPE, 2, Instant.now(), id, user, "market", "m", "image", false));
    }

    static GenerationRequested order(UUID id, UUID user) {
        return new GenerationRequested(
                id,
                GenerationRequested.TYPE,
                1,
                Instant.now(),
                id,
                user,
                "market",
                "m",
                "image",
                Map.of("prompt", "a cup"),
                List.of(),
                Instant.now().plus(Duration.ofHours(1)));
    }
}
