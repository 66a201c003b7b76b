package ru.reklamai.auth.session;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Where the caller is logged in. */
@Path("/api/v1/auth/sessions")
@Tag(name = "auth")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class SessionResource {

    private final Sessions sessions;
    private final JsonWebToken token;

    SessionResource(Sessions sessions, JsonWebToken token) {
        this.sessions = sessions;
        this.token = token;
    }

    public record SessionList(List<Session> items) {}

    @GET
    @Operation(operationId = "listSessions", summary = "Where the caller is logged in")
    @RunOnVirtualThread
    public SessionList list() {
        return new SessionList(sessions.find(user(), current()));
    }

    /** Ends all but the one that asks. */
    @DELETE
    @Operation(operationId = "endOtherSessions", summary = "Log out everywhere else")
    @APIResponse(responseCode = "204")
    @RunOnVirtualThread
    public Response endOthers() {
        sessions.endOthers(user(), current());
        return Response.noContent().build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "endSession", summary = "End a session")
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
