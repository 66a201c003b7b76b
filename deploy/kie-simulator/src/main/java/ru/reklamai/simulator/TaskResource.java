package ru.reklamai.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import ru.reklamai.simulator.task.Families;
import ru.reklamai.simulator.task.Family;

/** KIE's paths for creating tasks and asking for their status; each {@link Family} has its own. */
@Path("/")
@RunOnVirtualThread
public class TaskResource {

    private final TaskDesk desk;

    TaskResource(TaskDesk desk) {
        this.desk = desk;
    }

    @POST
    @Path("/api/v1/{path: .+}")
    public Response create(
            @PathParam("path") String path,
            JsonNode body,
            @HeaderParam("Authorization") String key,
            @Context UriInfo uri,
            @Context HttpServerRequest connection) {
        Family family = Families.creatingAt(path).orElseThrow(NotFoundException::new);
        return desk.create(family, body, key, uri, connection);
    }

    /** A family tells of its own tasks alone. */
    @GET
    @Path("/api/v1/{path: .+}")
    public Response status(
            @PathParam("path") String path,
            @QueryParam("taskId") String taskId,
            @HeaderParam("Authorization") String key,
            @Context UriInfo uri) {
        Family family = Families.tellingAt(path).orElseThrow(NotFoundException::new);
        return desk.status(family, String.valueOf(taskId), key, uri);
    }
}
