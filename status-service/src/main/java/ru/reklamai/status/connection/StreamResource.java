package ru.reklamai.status.connection;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;
import ru.reklamai.status.snapshot.Snapshots;

/** One generation's updates as server-sent events, until it has ended. */
@Path("/api/v1/generations/{id}/stream")
@Tag(name = "live updates")
@Authenticated
public class StreamResource {

    private final Connections connections;
    private final Snapshots snapshots;
    private final ConnectionConfig config;
    private final JsonWebToken token;

    StreamResource(Connections connections, Snapshots snapshots, ConnectionConfig config, JsonWebToken token) {
        this.connections = connections;
        this.snapshots = snapshots;
        this.config = config;
        this.token = token;
    }

    /**
     * Starts after the version in Last-Event-ID, if the client has one; 404 for what is not the caller's. Ends with its
     * token at the latest: a client that reconnects goes on where it was.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "streamGeneration",
            summary = "One generation's updates as server-sent events",
            description = "Begins with the present state, ends with the generation. Last-Event-ID goes on "
                    + "where a client left off.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = UserUpdate.class)))
    @Blocking
    @RunOnVirtualThread
    public Multi<OutboundSseEvent> stream(
            @PathParam("id") UUID generationId,
            @HeaderParam("Last-Event-ID") String lastEventId,
            @Context HttpHeaders headers,
            @Context Sse sse) {
        String acceptLanguage = headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
        refuseUnlessVisible(generationId, new Snapshots.Reader(token.getRawToken(), acceptLanguage));
        var request = new Connections.Request(
                AccessToken.of(token), acceptLanguage, new Feed.One(generationId, versionIn(lastEventId)));
        return SseClient.stream(connections, request, new SseClient.Format(sse, config.keepAlive(), UserUpdate::id));
    }

    /** Here and not with the snapshot of the connection, which comes when the answer has begun and can't be 404 any more. */
    private void refuseUnlessVisible(UUID generationId, Snapshots.Reader reader) {
        try {
            snapshots.one(reader, generationId);
        } catch (WebApplicationException e) {
            throw toProblem(e.getResponse().getStatus());
        } catch (ProcessingException e) {
            throw Problems.of(Problem.UNAVAILABLE, MessageCode.LIVE_UPDATES_UNAVAILABLE);
        }
    }

    private static HttpProblem toProblem(int status) {
        return status == Problem.NOT_FOUND.status()
                ? Problems.of(Problem.NOT_FOUND, MessageCode.GENERATION_NOT_FOUND)
                : Problems.of(Problem.forStatus(status));
    }

    private static int versionIn(String lastEventId) {
        String version = lastEventId == null ? "" : lastEventId.replaceFirst("^.*:", "");
        return version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0;
    }
}
