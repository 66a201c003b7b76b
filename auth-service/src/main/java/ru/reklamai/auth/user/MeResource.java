package ru.reklamai.auth.user;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.auth.password.PasswordCheck;
import ru.reklamai.auth.password.Passwords;
import ru.reklamai.auth.session.Account;
import ru.reklamai.auth.session.Device;
import ru.reklamai.auth.session.Revocations;
import ru.reklamai.auth.session.TokenAnswer;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** The caller's account, and its deletion. */
@Path("/api/v1/auth/me")
@Tag(name = "auth")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class MeResource {

    private static final Logger LOG = Logger.getLogger(MeResource.class);

    private final UserRepository users;
    private final UserPublisher publisher;
    private final PasswordCheck passwordCheck;
    private final Revocations revocations;
    private final TokenAnswer tokenAnswer;
    private final JsonWebToken token;

    MeResource(
            UserRepository users,
            UserPublisher publisher,
            PasswordCheck passwordCheck,
            Revocations revocations,
            TokenAnswer tokenAnswer,
            JsonWebToken token) {
        this.users = users;
        this.publisher = publisher;
        this.passwordCheck = passwordCheck;
        this.revocations = revocations;
        this.tokenAnswer = tokenAnswer;
        this.token = token;
    }

    public record Me(
            UUID id,
            @Schema(examples = "anna@example.org") String email,
            boolean emailVerified,
            @Schema(enumeration = {"user", "admin"}) String role) {}

    public record AccountDeletion(
            @NotNull @Size(max = Passwords.MAX_LENGTH) @Schema(examples = "correct horse")
            String password) {}

    @GET
    @Operation(operationId = "getMe", summary = "Who the caller is")
    @RunOnVirtualThread
    public Me me() {
        return users.findById(UUID.fromString(token.getSubject()))
                .map(user -> new Me(user.id(), user.email(), user.emailVerified(), user.role()))
                .orElseThrow(() -> Problems.of(Problem.UNAUTHORIZED, MessageCode.ACCOUNT_GONE));
    }

    /**
     * Deletes the account for good: sessions and personal data now, files and prompts as soon as the other services
     * hear of it. What was paid and spent stays in the ledger, under an id that leads to nobody.
     */
    @POST
    @Path("/deletion")
    @Operation(
            operationId = "deleteMe",
            summary = "Delete the account for good",
            description = "Sessions and personal data go now, files and prompts within seconds. The ledger "
                    + "stays, under an id that leads to nobody.")
    @APIResponse(responseCode = "204")
    @APIResponse(responseCode = "401", description = "The password is wrong.")
    @RunOnVirtualThread
    public Response delete(@NotNull @Valid AccountDeletion deletion, @Context HttpServerRequest request) {
        Account account = passwordCheck.authenticate(token.getName(), deletion.password(), Device.of(request));
        users.erase(account.userId()).ifPresent(publisher::publish);
        revocations.shutOut(account.userId());
        LOG.infof("account deleted: userId=%s", account.userId());
        return Response.noContent().cookie(tokenAnswer.clearedCookie()).build();
    }
}
