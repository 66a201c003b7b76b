package ru.reklamai.status.connection;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.events.UserUpdate;

/** All updates of one user as server-sent events, for clients whose network lets no WebSocket through. */
@Path("/api/v1/updates")
@Tag(name = "live updates")
@Authenticated
public class UpdatesResource {

    private final Connections connections;
    private final ConnectionConfig config;
    private final JsonWebToken token;

    UpdatesResource(Connections connections, ConnectionConfig config, JsonWebToken token) {
        this.connections = connections;
        this.config = config;
        this.token = token;
    }

    /**
     * Begins with the active generations and those changed since the time in Last-Event-ID, or in {@code since}; an
     * event's id is the time of its change. Ends with its token, with the service, and with a client that is too slow: a
     * client that reconnects goes on where it was.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "streamUpdates",
            summary = "All of the caller's updates as server-sent events",
            description = "For clients that no WebSocket reaches; each event `update` is one message of /ws, "
                    + "and its id is the time to send as Last-Event-ID or `since`.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = UserUpdate.class)))
    public Multi<OutboundSseEvent> updates(
            @QueryParam("since") String since,
            @HeaderParam("Last-Event-ID") String lastEventId,
            @Context HttpHeaders headers,
            @Context Sse sse) {
        Optional<String> leftOff = Optional.ofNullable(lastEventId).or(() -> Optional.ofNullable(since));
        var request = new Connections.Request(
                AccessToken.of(token),
                headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE),
                Feed.All.from(leftOff, config.overlap()));
        return SseClient.stream(
                connections, request, new SseClient.Format(sse, config.keepAlive(), update -> update.at()
                        .toString()));
    }
}
