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

/** KIE's paths for creating tasks and asking for their status, family by family (kie-api.md). */
@Path("/")
@RunOnVirtualThread
public class TaskResource {

    private final TaskDesk desk;

    TaskResource(TaskDesk desk) {
        this.desk = desk;
    }

    @POST
    @Path("/api/v1/jobs/createTask")
    public Response createMarket(
            JsonNode body,
            @HeaderParam("Authorization") String key,
            @Context UriInfo uri,
            @Context HttpServerRequest connection) {
        return desk.create(Family.MARKET, body, key, uri, connection);
    }

    @GET
    @Path("/api/v1/jobs/recordInfo")
    public Response marketStatus(
            @QueryParam("taskId") String id, @HeaderParam("Authorization") String key, @Context UriInfo uri) {
        return desk.status(id, key, uri);
    }

    @POST
    @Path("/api/v1/veo/generate")
    public Response createVeo(
            JsonNode body,
            @HeaderParam("Authorization") String key,
            @Context UriInfo uri,
            @Context HttpServerRequest connection) {
        return desk.create(Family.VEO, body, key, uri, connection);
    }

    @GET
    @Path("/api/v1/veo/record-info")
    public Response veoStatus(
            @QueryParam("taskId") String id, @HeaderParam("Authorization") String key, @Context UriInfo uri) {
        return desk.status(id, key, uri);
    }

    @POST
    @Path("/api/v1/gpt4o-image/generate")
    public Response createGpt4oImage(
            JsonNode body,
            @HeaderParam("Authorization") String key,
            @Context UriInfo uri,
            @Context HttpServerRequest connection) {
        return desk.create(Family.GPT4O_IMAGE, body, key, uri, connection);
    }

    @GET
    @Path("/api/v1/gpt4o-image/record-info")
    public Response gpt4oImageStatus(
            @QueryParam("taskId") String id, @HeaderParam("Authorization") String key, @Context UriInfo uri) {
        return desk.status(id, key, uri);
    }

    @POST
    @Path("/api/v1/flux/kontext/generate")
    public Response createFluxKontext(
            JsonNode body,
            @HeaderParam("Authorization") String key,
            @Context UriInfo uri,
            @Context HttpServerRequest connection) {
        return desk.create(Family.FLUX_KONTEXT, body, key, uri, connection);
    }

    @GET
    @Path("/api/v1/flux/kontext/record-info")
    public Response fluxKontextStatus(
            @QueryParam("taskId") String id, @HeaderParam("Authorization") String key, @Context UriInfo uri) {
        return desk.status(id, key, uri);
    }

    @POST
    @Path("/api/v1/runway/generate")
    public Response createRunway(
            JsonNode body,
            @HeaderParam("Authorization") String key,
            @Context UriInfo uri,
            @Context HttpServerRequest connection) {
        return desk.create(Family.RUNWAY, body, key, uri, connection);
    }

    @GET
    @Path("/api/v1/runway/record-detail")
    public Response runwayStatus(
            @QueryParam("taskId") String id, @HeaderParam("Authorization") String key, @Context UriInfo uri) {
        return desk.status(id, key, uri);
    }

    @POST
    @Path("/api/v1/generate")
    public Response createSuno(
            JsonNode body,
            @HeaderParam("Authorization") String key,
            @Context UriInfo uri,
            @Context HttpServerRequest connection) {
        return desk.create(Family.SUNO, body, key, uri, connection);
    }

    @GET
    @Path("/api/v1/generate/record-info")
    public Response sunoStatus(
            @QueryParam("taskId") String id, @HeaderParam("Authorization") String key, @Context UriInfo uri) {
        return desk.status(id, key, uri);
    }
}
