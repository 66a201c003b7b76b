package ru.reklamai.auth.user;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import ru.reklamai.problem.Problem;
import ru.reklamai.problem.Problems;

/** Who the caller is. */
@Path("/api/v1/auth/me")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class MeResource {

    private final UserRepository users;
    private final JsonWebToken token;

    MeResource(UserRepository users, JsonWebToken token) {
        this.users = users;
        this.token = token;
    }

    public record Me(UUID id, String email, String fullName, String role) {}

    @GET
    @RunOnVirtualThread
    public Me me() {
        return users.findById(UUID.fromString(token.getSubject()))
                .map(user -> new Me(user.id(), user.email(), user.fullName(), user.role()))
                .orElseThrow(() -> Problems.of(Problem.UNAUTHORIZED, "This account does not exist any more."));
    }
}
