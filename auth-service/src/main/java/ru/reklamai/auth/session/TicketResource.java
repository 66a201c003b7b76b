package ru.reklamai.auth.session;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.auth.AuthConfig;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.kit.session.SessionKeys;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/**
 * Tickets for what a browser can't send headers to: {@code /ws?ticket=…} and an EventSource. A ticket works once, within
 * seconds; the gateway takes it out of Redis and goes on with the token that it stands for.
 */
@Path("/api/v1/auth/ticket")
@Tag(name = "auth")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class TicketResource {

    private static final Logger LOG = Logger.getLogger(TicketResource.class);

    private final RedisDataSource redis;
    private final AuthConfig config;
    private final JsonWebToken token;

    TicketResource(RedisDataSource redis, AuthConfig config, JsonWebToken token) {
        this.redis = redis;
        this.config = config;
        this.token = token;
    }

    public record Ticket(@Schema(examples = "Yk3v0…") String ticket, Instant expiresAt) {}

    @POST
    @Operation(
            operationId = "createTicket",
            summary = "Get a ticket for a WebSocket or an EventSource",
            description = "It works once within 30 seconds, as `?ticket=` of /ws, /api/v1/updates or a "
                    + "generation's stream.")
    @RunOnVirtualThread
    public Ticket issue() {
        String ticket = Sessions.newToken();
        long seconds = config.ticketLifetime().toSeconds();
        try {
            redis.value(String.class).setex(SessionKeys.ticket(ticket), seconds, token.getRawToken());
        } catch (RuntimeException e) {
            LOG.warnf("no ticket without Redis: userId=%s cause=%s", token.getSubject(), e);
            throw Problems.of(Problem.UNAVAILABLE, MessageCode.TICKETS_UNAVAILABLE);
        }
        return new Ticket(ticket, Instant.now().plusSeconds(seconds));
    }
}
