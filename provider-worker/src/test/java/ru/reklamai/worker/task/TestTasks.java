package ru.reklamai.worker.task;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.GenerationCancelled;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.kit.database.Database;

/** Tasks at the stage where a test needs them; those that claim are to be called where no other task is due. */
@ApplicationScoped
public class TestTasks {

    public static final Duration LEASE = Duration.ofMinutes(1);

    private final Database database;
    private final ProviderTaskRepository tasks;
    private final OrderRepository orders;
    private final ClaimRepository claims;
    private final StepRepository steps;

    TestTasks(
            Database database,
            ProviderTaskRepository tasks,
            OrderRepository orders,
            ClaimRepository claims,
            StepRepository steps) {
        this.database = database;
        this.tasks = tasks;
        this.orders = orders;
        this.claims = claims;
        this.steps = steps;
    }

    public void deleteAll() {
        database.update("DELETE FROM provider.provider_tasks");
    }

    public UUID insert(UUID user) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        if (!orders.requested(order(id, user), Optional.empty())) {
            throw new IllegalStateException("There is such a task already: " + id);
        }
        return id;
    }

    /** Returns a task in the hands of its submission. */
    public ProviderTask toSubmit(UUID user) {
        insert(user);
        return claim();
    }

    /** Returns a task in the hands of its submission, which has begun. */
    public ProviderTask submitting(UUID user) {
        return steps.startSubmitting(toSubmit(user), LEASE).orElseThrow();
    }

    /** Returns a task that KIE works on, in the hands of its poll. */
    public ProviderTask running(UUID user) {
        steps.submitted(submitting(user), "task-1", Duration.ZERO);
        return claimAgain();
    }

    /** Returns a task that KIE has done, in the hands of its delivery. */
    public ProviderTask delivering(UUID user, String... resultUrls) {
        List<ResultFile> results =
                List.of(resultUrls).stream().map(ResultFile::of).toList();
        return steps.startDelivering(running(user), results, "{}").orElseThrow();
    }

    public ProviderTask claim() {
        return claims.toSubmit(1, LEASE).getFirst();
    }

    /** Returns the one task that KIE has, as it is claimed when time has passed. */
    public ProviderTask claimAgain() {
        endLeases();
        return claims.atProvider(1, LEASE).getFirst();
    }

    /** Leases end, graces pass and every task is due. */
    public void endLeases() {
        database.update("""
                UPDATE provider.provider_tasks
                SET leased_until = now() - INTERVAL '1 second', next_step_at = now() - INTERVAL '1 second'
                """);
    }

    /** Cancels it, its result unwanted. */
    public void cancel(UUID id, UUID user) {
        orders.cancelled(cancellation(id, user));
    }

    /** Changes columns of the row behind everybody's back, and returns the task after it. */
    public ProviderTask set(ProviderTask task, String columns) {
        database.update("UPDATE provider.provider_tasks SET " + columns + " WHERE generation_id = $1", task.id());
        return find(task);
    }

    public ProviderTask find(ProviderTask task) {
        return tasks.find(task.id()).orElseThrow();
    }

    /** Returns what an expression says about the row. */
    public boolean is(ProviderTask task, String expression) {
        return database.one(
                row -> row.getBoolean(0),
                "SELECT coalesce(" + expression + ", false) FROM provider.provider_tasks WHERE generation_id = $1",
                task.id());
    }

    public static GenerationCancelled cancellation(UUID id, UUID user) {
        return new GenerationCancelled(
                id, GenerationCancelled.TYPE, 2, Instant.now(), id, user, ProviderFamily.MARKET, "m", "image", false);
    }

    public static GenerationRequested order(UUID id, UUID user) {
        return new GenerationRequested(
                id,
                GenerationRequested.TYPE,
                1,
                Instant.now(),
                id,
                user,
                ProviderFamily.MARKET,
                "m",
                "image",
                Map.of("prompt", "a cup"),
                List.of(),
                Instant.now().plus(Duration.ofHours(1)));
    }
}
