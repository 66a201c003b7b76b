package ru.reklamai.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** The market family: create and status (kie-api.md). */
@Path("/api/v1/jobs")
@RunOnVirtualThread
public class MarketResource {

    private static final Logger LOG = Logger.getLogger(MarketResource.class);

    private final SimulatorConfig config;
    private final TaskStore tasks;
    private final Callbacks callbacks;

    MarketResource(SimulatorConfig config, TaskStore tasks, Callbacks callbacks) {
        this.config = config;
        this.tasks = tasks;
        this.callbacks = callbacks;
    }

    @POST
    @Path("/createTask")
    public Response create(
            JsonNode body,
            @HeaderParam("Authorization") String authorization,
            @Context UriInfo uri,
            @Context HttpServerRequest connection) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        faults.addAll(Fault.in(body.path("input").toString()));
        faults.addAll(tasks.takePlanned());
        Optional<Response> refusal = refusal(body, authorization, faults);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        SimulatedTask task = newTask(body, faults);
        tasks.add(task);
        callbacks.plan(task, uri.getBaseUri().resolve("/").toString().replaceAll("/$", ""));
        LOG.infof("task created: taskId=%s model=%s faults=%s", task.taskId(), task.model(), faults);
        if (faults.contains(Fault.DROP_ANSWER)) {
            connection.connection().close();
        }
        return Response.ok(Envelope.ok(Map.of("taskId", task.taskId()))).build();
    }

    @GET
    @Path("/recordInfo")
    public Envelope recordInfo(
            @QueryParam("taskId") String taskId,
            @HeaderParam("Authorization") String authorization,
            @Context UriInfo uri) {
        if (isWrongKey(authorization)) {
            return Envelope.error(401, "You do not have access permissions");
        }
        if (!tasks.mayQuery(String.valueOf(taskId))) {
            return Envelope.error(429, "Too many queries for this task");
        }
        String filesUrl = uri.getBaseUri().resolve("/").toString().replaceAll("/$", "");
        return tasks.find(String.valueOf(taskId))
                .map(task -> Envelope.ok(RecordInfo.of(task, filesUrl, Instant.now())))
                .orElseGet(() -> Envelope.error(422, "recordInfo is null"));
    }

    private Optional<Response> refusal(JsonNode body, String authorization, Set<Fault> faults) {
        if (faults.contains(Fault.HTML)) {
            return Optional.of(Response.status(502)
                    .type("text/html")
                    .entity("<html><h1>502 Bad Gateway</h1></html>")
                    .build());
        }
        return errorOf(body, authorization, faults)
                .map(error -> Response.ok(error).build());
    }

    private Optional<Envelope> errorOf(JsonNode body, String authorization, Set<Fault> faults) {
        if (isWrongKey(authorization) || faults.contains(Fault.BAD_KEY)) {
            return Optional.of(Envelope.error(401, "You do not have access permissions"));
        }
        if (faults.contains(Fault.NO_MONEY)) {
            return Optional.of(Envelope.error(402, "Credits insufficient"));
        }
        if (faults.contains(Fault.ERROR_500)) {
            return Optional.of(Envelope.error(500, "Server exception, please try again later"));
        }
        if (body.path("model").asText("").isEmpty() || faults.contains(Fault.REFUSE)) {
            return Optional.of(Envelope.error(422, "This input is not supported (simulated)"));
        }
        return tasks.mayCreate() ? Optional.empty() : Optional.of(Envelope.error(429, "Call frequency is too high"));
    }

    private boolean isWrongKey(String authorization) {
        return !("Bearer " + config.apiKey()).equals(authorization);
    }

    private SimulatedTask newTask(JsonNode body, Set<Fault> faults) {
        String model = body.path("model").asText();
        var kind = SimulatedTask.Kind.of(
                model, body.path("input").path("output_format").asText("png"));
        Duration runTime =
                switch (kind) {
                    case PNG, JPEG, WEBP -> config.imageTime();
                    case MP4 -> config.videoTime();
                    case MP3 -> config.audioTime();
                };
        String id = "task_" + model.replaceAll("[^a-z0-9]+", "_") + "_" + System.currentTimeMillis()
                + ThreadLocalRandom.current().nextInt(1000, 10_000);
        return new SimulatedTask(
                id,
                model,
                body.toString(),
                Optional.ofNullable(body.path("callBackUrl").asText(null)),
                kind,
                faults,
                Instant.now(),
                faults.contains(Fault.SLOW) ? runTime.multipliedBy(10) : runTime);
    }
}
