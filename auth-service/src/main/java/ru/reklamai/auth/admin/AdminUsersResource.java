package ru.reklamai.auth.admin;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import ru.reklamai.auth.session.Revocations;
import ru.reklamai.auth.session.Sessions;
import ru.reklamai.auth.user.User;
import ru.reklamai.auth.user.UserRepository;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Users, as admins see and change them; their credits are generation-service's. */
@Path("/api/v1/admin/users")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Consumes(MediaType.APPLICATION_JSON)
public class AdminUsersResource {

    private static final Logger LOG = Logger.getLogger(AdminUsersResource.class);

    private final UserRepository users;
    private final AdminActionRepository actions;
    private final AdminActionPublisher publisher;
    private final Sessions sessions;
    private final Revocations revocations;
    private final JsonWebToken admin;

    AdminUsersResource(
            UserRepository users,
            AdminActionRepository actions,
            AdminActionPublisher publisher,
            Sessions sessions,
            Revocations revocations,
            JsonWebToken admin) {
        this.users = users;
        this.actions = actions;
        this.publisher = publisher;
        this.sessions = sessions;
        this.revocations = revocations;
        this.admin = admin;
    }

    public record UserView(
            UUID id, String email, String role, boolean emailVerified, boolean blocked, Instant createdAt) {

        static UserView of(User user) {
            return new UserView(
                    user.id(), user.email(), user.role(), user.emailVerified(), user.blocked(), user.createdAt());
        }
    }

    public record UserPage(List<UserView> items, UUID nextCursor) {}

    public record UserRole(
            @NotNull @Pattern(regexp = "user|admin") String role) {}

    /** @param reason for the audit log */
    public record UserBlock(@NotBlank @Size(max = 500) String reason) {}

    /** @param q part of the e-mail, or a whole id */
    @GET
    @RunOnVirtualThread
    public UserPage search(
            @QueryParam("q") @Size(max = 254) String q,
            @QueryParam("role") Optional<@Pattern(regexp = "user|admin") String> role,
            @QueryParam("blocked") Optional<Boolean> blocked,
            @QueryParam("cursor") Optional<UUID> cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        List<UserView> page = users.search(Optional.ofNullable(q), role, blocked, cursor, limit).stream()
                .map(UserView::of)
                .toList();
        return new UserPage(page, page.size() < limit ? null : page.getLast().id());
    }

    @GET
    @Path("/{id}")
    @RunOnVirtualThread
    public UserView one(@PathParam("id") UUID id) {
        return users.findById(id).map(UserView::of).orElseThrow(AdminUsersResource::unknown);
    }

    /** The user's tokens of the old role end at once; the next refresh brings one of the new. */
    @PUT
    @Path("/{id}/role")
    @RunOnVirtualThread
    public UserView setRole(@PathParam("id") UUID id, @NotNull @Valid UserRole change) {
        refuseSelf(id);
        var action = action("user.role", id, Map.of("role", change.role()));
        refuseUnknown(actions.setRole(id, change.role(), action));
        revocations.endTokensOf(id);
        return done(action, id);
    }

    /** Ends all sessions of the user, who can't log in from now on; what is ordered already is finished. */
    @PUT
    @Path("/{id}/block")
    @RunOnVirtualThread
    public UserView block(@PathParam("id") UUID id, @NotNull @Valid UserBlock block) {
        refuseSelf(id);
        var action = action("user.block", id, Map.of("reason", block.reason()));
        refuseUnknown(actions.setBlocked(id, true, action));
        sessions.endAll(id);
        revocations.shutOut(id);
        return done(action, id);
    }

    @DELETE
    @Path("/{id}/block")
    @RunOnVirtualThread
    public UserView unblock(@PathParam("id") UUID id) {
        var action = action("user.unblock", id, Map.of());
        refuseUnknown(actions.setBlocked(id, false, action));
        revocations.allow(id);
        return done(action, id);
    }

    private AdminAction action(String name, UUID user, Map<String, Object> details) {
        return AdminAction.now(UUID.fromString(admin.getSubject()), name, "user:" + user, details);
    }

    private UserView done(AdminAction action, UUID user) {
        publisher.publish(action);
        LOG.infof(
                "admin acted: action=%s subject=%s adminId=%s", action.action(), action.subject(), admin.getSubject());
        return one(user);
    }

    /** So that the last admin can't lock everybody out. */
    private void refuseSelf(UUID id) {
        if (id.toString().equals(admin.getSubject())) {
            throw Problems.of(Problem.CONFLICT, MessageCode.OWN_ACCOUNT);
        }
    }

    private static void refuseUnknown(boolean found) {
        if (!found) {
            throw unknown();
        }
    }

    private static HttpProblem unknown() {
        return Problems.of(Problem.NOT_FOUND, MessageCode.USER_NOT_FOUND);
    }
}
