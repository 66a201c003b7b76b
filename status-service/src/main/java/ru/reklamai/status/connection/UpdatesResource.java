package ru.reklamai.status.connection;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.status.replay.Replay;

/** All updates of one user as server-sent events, for clients whose network lets no WebSocket through. */
@Path("/api/v1/updates")
@Tag(name = "live updates")
@Authenticated
public class UpdatesResource {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

    private final Connections connections;
    private final Replay replay;
    private final ConnectionConfig config;
    private final JsonWebToken token;

    UpdatesResource(Connections connections, Replay replay, ConnectionConfig config, JsonWebToken token) {
        this.connections = connections;
        this.replay = replay;
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
    @Blocking
    @RunOnVirtualThread
    public Multi<OutboundSseEvent> updates(
            @QueryParam("since") String since, @HeaderParam("Last-Event-ID") String lastEventId, @Context Sse sse) {
        String raw = token.getRawToken();
        UUID userId = UUID.fromString(token.getSubject());
        Instant newest =
                Since.of(Optional.ofNullable(lastEventId).or(() -> Optional.ofNullable(since)), config.overlap());
        Duration lifetime = Duration.between(Instant.now(), Instant.ofEpochSecond(token.getExpirationTime()));
        Multi<OutboundSseEvent> updates = Multi.createFrom()
                .<UserUpdate>emitter(emitter -> connect(emitter, userId, raw, newest), BackPressureStrategy.IGNORE)
                .onOverflow()
                .buffer(config.maxWaiting())
                .map(update -> toEvent(sse, update))
                .onCompletion()
                .continueWith(
                        sse.newEventBuilder().name("end").data("connect again").build());
        Multi<OutboundSseEvent> keepAlives = Multi.createFrom()
                .ticks()
                .every(KEEP_ALIVE)
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("still here").build());
        return Multi.createBy()
                .merging()
                .streams(updates, keepAlives)
                .select()
                .first(event -> !"end".equals(event.getName()))
                .select()
                .first(lifetime);
    }

    /** Registers first and reads the state then, so no change falls between. */
    private void connect(MultiEmitter<? super UserUpdate> emitter, UUID userId, String raw, Instant newest) {
        var connection = new Stream(emitter, raw, newest);
        connections.register(userId, connection);
        emitter.onTermination(() -> connections.remove(userId, connection));
        connection.refresh();
    }

    private final class Stream implements Connections.Connection {
        private final MultiEmitter<? super UserUpdate> emitter;
        private final String rawToken;
        private final Subscriber subscriber;
        private volatile Instant newest;

        Stream(MultiEmitter<? super UserUpdate> emitter, String rawToken, Instant newest) {
            this.emitter = emitter;
            this.rawToken = rawToken;
            this.newest = newest;
            this.subscriber = new Subscriber(
                    update -> {
                        emitter.emit(update);
                        return Uni.createFrom().voidItem();
                    },
                    emitter::complete,
                    config);
        }

        @Override
        public void offer(UserUpdate update) {
            newest = update.at().isAfter(newest) ? update.at() : newest;
            subscriber.offer(update);
        }

        @Override
        public void refresh() {
            Thread.ofVirtual().start(() -> {
                try {
                    replay.changes(rawToken, newest.minus(config.overlap())).forEach(this::offer);
                } catch (RuntimeException e) {
                    // The client connects again and asks once more.
                    emitter.complete();
                }
            });
        }

        @Override
        public void end() {
            emitter.complete();
        }
    }

    private static OutboundSseEvent toEvent(Sse sse, UserUpdate update) {
        return sse.newEventBuilder()
                .id(update.at().toString())
                .name("update")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(UserUpdate.class, update)
                .build();
    }
}
