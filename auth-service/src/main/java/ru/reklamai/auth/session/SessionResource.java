package ru.reklamai.auth.session;

import ru.reklamai.message.MessageCode;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import ru.reklamai.auth.session.TokenAnswer;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;

/** Where the caller is logged in. */
@Path("/api/v1/auth/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class SessionResource {

    private final Sessions sessions;
    private final JsonWebToken token;

    SessionResource(Sessions sessions, JsonWebToken token) {
        this.sessions = sessions;
        this.token = token;
    }

    /** @param current whether it is the one that asks */
    public record Session(
            UUID id, Instant createdAt, Instant lastUsedAt, String userAgent, String address, boolean current) {

        Session asSeenFrom(UUID session) {
            return new Session(id, createdAt, lastUsedAt, userAgent, address, id.equals(session));
        }
    }

    public record SessionList(List<Session> items) {}

    @GET
    @RunOnVirtualThread
    public SessionList list() {
        return new SessionList(sessions.find(user()).stream()
                .map(session -> session.asSeenFrom(current()))
                .toList());
    }

    /** Ends all but the one that asks. */
    @DELETE
    @APIResponse(responseCode = "204")
    @RunOnVirtualThread
    public Response endOthers() {
        sessions.endOthers(user(), current());
        return Response.noContent().build();
    }

    @DELETE
    @Path("/{id}")
    @APIResponse(responseCode = "204")
    @RunOnVirtualThread
    public Response end(@PathParam("id") UUID id) {
        if (!sessions.end(user(), id)) {
            throw Problems.of(Problem.NOT_FOUND, MessageCode.SESSION_NOT_FOUND);
        }
        return Response.noContent().build();
    }

    private UUID user() {
        return UUID.fromString(token.getSubject());
    }

    private UUID current() {
        return UUID.fromString(token.getClaim(TokenAnswer.SESSION));
    }
}
