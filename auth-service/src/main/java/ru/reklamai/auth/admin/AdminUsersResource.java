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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
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
@Tag(name = "admin")
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
            UUID id,
            @Schema(examples = "anna@example.org") String email,
            @Schema(enumeration = {"user", "admin"}) String role,
            boolean emailVerified,
            boolean blocked,
            Instant createdAt) {

        static UserView of(User user) {
            return new UserView(
                    user.id(), user.email(), user.role(), user.emailVerified(), user.blocked(), user.createdAt());
        }
    }

    public record UserPage(
            List<UserView> items, @Schema(nullable = true) UUID nextCursor) {}

    public record UserRole(
            @NotNull @Pattern(regexp = "user|admin") String role) {}

    /** @param reason for the audit log */
    public record UserBlock(
            @NotBlank @Size(max = 500) @Schema(examples = "spam")
            String reason) {}

    /** @param q part of the e-mail, or a whole id */
    @GET
    @Operation(
            operationId = "findUsers",
            summary = "Find users, newest first",
            description = "`q` is part of the e-mail, or a whole id.")
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
    @Operation(operationId = "getUser", summary = "One user")
    @RunOnVirtualThread
    public UserView one(@PathParam("id") UUID id) {
        return users.findById(id).map(UserView::of).orElseThrow(AdminUsersResource::unknown);
    }

    /** The user's tokens of the old role end at once; the next refresh brings one of the new. */
    @PUT
    @Path("/{id}/role")
    @Operation(
            operationId = "setUserRole",
            summary = "Make a user an admin, or an admin a user",
            description = "Tokens of the old role end at once.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "409", description = "Admins can't do this to themselves.")
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
    @Operation(
            operationId = "blockUser",
            summary = "Block a user",
            description = "Ends all sessions at once; what is ordered is finished.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "409", description = "Admins can't do this to themselves.")
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
    @Operation(operationId = "unblockUser", summary = "Unblock a user")
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
