package ru.reklamai.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import ru.reklamai.simulator.task.Family;
import ru.reklamai.simulator.task.Fault;
import ru.reklamai.simulator.task.SimulatedTask;

/** Takes orders for tasks and tells of them, with the faults that are asked for. */
@ApplicationScoped
class TaskDesk {

    private static final Logger LOG = Logger.getLogger(TaskDesk.class);
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(3);
    private static final int SPOILED_QUERIES = 3;

    private final SimulatorConfig config;
    private final TaskStore tasks;
    private final Account account;
    private final InputFetcher inputs;
    private final Callbacks callbacks;

    TaskDesk(SimulatorConfig config, TaskStore tasks, Account account, InputFetcher inputs, Callbacks callbacks) {
        this.config = config;
        this.tasks = tasks;
        this.account = account;
        this.inputs = inputs;
        this.callbacks = callbacks;
    }

    Response create(Family family, JsonNode body, String key, UriInfo uri, HttpServerRequest connection) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        faults.addAll(Fault.in(body.toString()));
        if (!tasks.isFirstCreate(body.path("callBackUrl").asText(""))) {
            faults.removeAll(Fault.FIRST_CREATE);
        }
        faults.addAll(tasks.takePlanned());
        Optional<Response> refusal = refusal(family, body, key, faults);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        SimulatedTask task = newTask(family, body, faults);
        tasks.add(task);
        callbacks.plan(task, base(uri));
        LOG.infof("task created: taskId=%s model=%s faults=%s", task.taskId(), task.model(), faults);
        if (faults.contains(Fault.SLOW_ANSWER)) {
            LockSupport.parkNanos(SLOW_ANSWER.toNanos());
        }
        if (faults.contains(Fault.DROP_ANSWER)) {
            connection.connection().close();
        }
        return Response.ok(Envelope.ok(Map.of("taskId", task.taskId()))).build();
    }

    Response status(Family family, String taskId, String key, UriInfo uri) {
        if (account.refuses(key)) {
            return answer(Envelope.error(401, "You do not have access permissions"));
        }
        if (!tasks.mayQuery(taskId)) {
            return answer(Envelope.error(429, "Too many queries for this task"));
        }
        return tasks.find(taskId)
                .filter(task -> task.family() == family)
                .map(task -> statusOf(task, base(uri)))
                .orElseGet(() -> answer(Envelope.error(422, "recordInfo is null")));
    }

    private static Response statusOf(SimulatedTask task, String filesUrl) {
        int query = task.queries().incrementAndGet();
        boolean spoiled = query <= SPOILED_QUERIES;
        if (task.has(Fault.QUERY_HTML) && spoiled) {
            return html();
        }
        if (task.has(Fault.QUERY_500) && spoiled) {
            return answer(Envelope.error(500, "Server exception, please try again later"));
        }
        if (task.has(Fault.FORGOTTEN) || (task.has(Fault.UNKNOWN_FIRST) && query < SPOILED_QUERIES)) {
            return answer(Envelope.error(422, "recordInfo is null"));
        }
        return answer(Envelope.ok(task.family().status(task, filesUrl, Instant.now())));
    }

    private Optional<Response> refusal(Family family, JsonNode body, String key, Set<Fault> faults) {
        if (faults.contains(Fault.HTML)) {
            return Optional.of(html());
        }
        if (faults.contains(Fault.RATE_LIMITED)) {
            return Optional.of(Response.ok(Envelope.error(429, "Call frequency is too high"))
                    .header("Retry-After", "1")
                    .build());
        }
        return errorOf(family, body, key, faults).map(TaskDesk::answer);
    }

    private Optional<Envelope> errorOf(Family family, JsonNode body, String key, Set<Fault> faults) {
        if (account.refuses(key) || faults.contains(Fault.BAD_KEY)) {
            return Optional.of(Envelope.error(401, "You do not have access permissions"));
        }
        if (account.isEmpty() || faults.contains(Fault.NO_MONEY)) {
            return Optional.of(Envelope.error(402, "Credits insufficient"));
        }
        if (faults.contains(Fault.ERROR_500)) {
            return Optional.of(Envelope.error(500, "Server exception, please try again later"));
        }
        if (faults.contains(Fault.TIMEOUT_408)) {
            return Optional.of(Envelope.error(408, "Upstream timeout"));
        }
        if (faults.contains(Fault.MAINTENANCE)) {
            return Optional.of(Envelope.error(455, "The service is being maintained"));
        }
        if (faults.contains(Fault.BLOCKED)) {
            return Optional.of(Envelope.error(451, "The content is not allowed (simulated)"));
        }
        if (!family.accepts(body) || faults.contains(Fault.REFUSE)) {
            return Optional.of(Envelope.error(422, "This input is not supported (simulated)"));
        }
        if (!tasks.mayCreate()) {
            return Optional.of(Envelope.error(429, "Call frequency is too high"));
        }
        return inputs.firstUnreachable(body).map(url -> Envelope.error(422, "This file can't be fetched: " + url));
    }

    private SimulatedTask newTask(Family family, JsonNode body, Set<Fault> faults) {
        String model = body.path("model").asText(family.name());
        SimulatedTask.Kind kind = family.kind(body);
        Duration runTime =
                switch (kind) {
                    case PNG, JPEG, WEBP -> config.imageTime();
                    case MP4 -> config.videoTime();
                    case MP3 -> config.audioTime();
                };
        boolean two = faults.contains(Fault.TWO_RESULTS) || faults.contains(Fault.ONE_OF_TWO);
        return new SimulatedTask(
                "task_" + model.replaceAll("[^a-z0-9]+", "_") + "_" + System.currentTimeMillis()
                        + ThreadLocalRandom.current().nextInt(100_000, 1_000_000),
                family,
                model,
                body.toString(),
                Optional.ofNullable(body.path("callBackUrl").asText(null)),
                kind,
                two ? 2 : family.variants(body),
                faults,
                Instant.now(),
                faults.contains(Fault.SLOW) ? runTime.multipliedBy(10) : runTime,
                new AtomicInteger(),
                new AtomicInteger());
    }

    private static Response answer(Envelope envelope) {
        return Response.ok(envelope).build();
    }

    private static Response html() {
        return Response.status(502)
                .type("text/html")
                .entity("<html><h1>502 Bad Gateway</h1></html>")
                .build();
    }

    private static String base(UriInfo uri) {
        return uri.getBaseUri().resolve("/").toString().replaceAll("/$", "");
    }
}
