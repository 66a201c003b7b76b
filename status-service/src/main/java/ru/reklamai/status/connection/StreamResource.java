package ru.reklamai.status.connection;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.status.replay.Replay;

/** One generation's updates as server-sent events, until it has ended. */
@Path("/api/v1/generations/{id}/stream")
@Tag(name = "live updates")
@Authenticated
public class StreamResource {

    private static final List<String> ENDED = List.of("succeeded", "failed", "cancelled");

    private final Connections connections;
    private final Replay replay;
    private final JsonWebToken token;

    StreamResource(Connections connections, Replay replay, JsonWebToken token) {
        this.connections = connections;
        this.replay = replay;
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
            @PathParam("id") UUID generationId, @HeaderParam("Last-Event-ID") String lastEventId, @Context Sse sse) {
        String raw = token.getRawToken();
        UUID userId = UUID.fromString(token.getSubject());
        replay.one(raw, generationId);
        return Multi.createFrom()
                .<UserUpdate>emitter(
                        emitter -> connect(emitter, userId, generationId, raw, versionIn(lastEventId)),
                        BackPressureStrategy.LATEST)
                .select()
                .first(Duration.between(Instant.now(), Instant.ofEpochSecond(token.getExpirationTime())))
                .map(update -> toEvent(sse, update));
    }

    /** Registers first and reads the state then, so no change falls between. */
    private void connect(
            MultiEmitter<? super UserUpdate> emitter, UUID userId, UUID generationId, String raw, int lastVersion) {
        var connection = new Stream(emitter, generationId, raw, lastVersion);
        connections.register(userId, connection);
        emitter.onTermination(() -> connections.remove(userId, connection));
        connection.refresh();
    }

    /** One generation's stream; a version that isn't newer than the last one sent is dropped. */
    private final class Stream implements Connections.Connection {
        private final MultiEmitter<? super UserUpdate> emitter;
        private final UUID generationId;
        private final String rawToken;
        private int lastVersion;

        Stream(MultiEmitter<? super UserUpdate> emitter, UUID generationId, String rawToken, int lastVersion) {
            this.emitter = emitter;
            this.generationId = generationId;
            this.rawToken = rawToken;
            this.lastVersion = lastVersion;
        }

        @Override
        public synchronized void offer(UserUpdate update) {
            if (!update.generationId().equals(generationId)) {
                return;
            }
            if (update.version() > lastVersion) {
                lastVersion = update.version();
                emitter.emit(update);
            }
            if (ENDED.contains(update.status())) {
                emitter.complete();
            }
        }

        @Override
        public void end() {
            emitter.complete();
        }

        @Override
        public void refresh() {
            Thread.ofVirtual().start(() -> offer(replay.one(rawToken, generationId)));
        }
    }

    private static OutboundSseEvent toEvent(Sse sse, UserUpdate update) {
        return sse.newEventBuilder()
                .id(update.id())
                .name("update")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(UserUpdate.class, update)
                .build();
    }

    private static int versionIn(String lastEventId) {
        String version = lastEventId == null ? "" : lastEventId.replaceFirst("^.*:", "");
        return version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0;
    }
}
