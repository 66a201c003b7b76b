package ru.reklamai.auth.password;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.auth.mail.Mails;
import ru.reklamai.auth.session.Account;
import ru.reklamai.auth.session.Device;
import ru.reklamai.auth.session.Sessions;
import ru.reklamai.auth.session.TokenAnswer;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** A new password: by whoever knows the old one, or reads the account's mailbox. Either ends all other sessions. */
@Path("/api/v1/auth/password")
@Tag(name = "auth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PasswordResource {

    private static final Logger LOG = Logger.getLogger(PasswordResource.class);

    private final PasswordHolders holders;
    private final Passwords passwords;
    private final PasswordCheck passwordCheck;
    private final Sessions sessions;
    private final TokenAnswer tokenAnswer;
    private final Mails mails;
    private final JsonWebToken token;

    PasswordResource(
            PasswordHolders holders,
            Passwords passwords,
            PasswordCheck passwordCheck,
            Sessions sessions,
            TokenAnswer tokenAnswer,
            Mails mails,
            JsonWebToken token) {
        this.holders = holders;
        this.passwords = passwords;
        this.passwordCheck = passwordCheck;
        this.sessions = sessions;
        this.tokenAnswer = tokenAnswer;
        this.mails = mails;
        this.token = token;
    }

    public record PasswordChange(
            @NotNull @Size(max = Passwords.MAX_LENGTH) @Schema(examples = "correct horse")
            String currentPassword,

            @NotNull @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH) @Schema(examples = "battery staple")
            String newPassword) {}

    public record ForgottenPassword(
            @NotBlank @Size(max = 254) @Schema(examples = "anna@example.org")
            String email) {}

    /** @param token from the link in the mail */
    public record PasswordReset(
            @NotBlank @Size(max = 100) @Schema(examples = "AZfwoDwaAAA…")
            String token,

            @NotNull @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH) @Schema(examples = "battery staple")
            String password) {}

    /** Ends every session and starts a new one, for the caller. */
    @POST
    @Operation(
            operationId = "changePassword",
            summary = "Change the password",
            description = "Ends every session and starts a new one for the caller.")
    @Authenticated
    @APIResponseSchema(value = TokenAnswer.Tokens.class, responseCode = "200")
    @APIResponse(responseCode = "401", description = "The current password is wrong.")
    @RunOnVirtualThread
    public Response change(@NotNull @Valid PasswordChange change, @Context HttpServerRequest request) {
        refuseCommon("newPassword", change.newPassword());
        var device = Device.of(request);
        Account account = passwordCheck.authenticate(token.getName(), change.currentPassword(), device);
        holders.setPasswordHash(account.userId(), passwords.hash(change.newPassword()));
        sessions.endAll(account.userId());
        LOG.infof("password changed: userId=%s", account.userId());
        return tokenAnswer.of(sessions.start(account, device), Response.Status.OK);
    }

    /** Answers the same, in the same time, whether there is such a user or not. */
    @POST
    @Path("/forgot")
    @Operation(
            operationId = "forgotPassword",
            summary = "Have a link for a new password mailed",
            description = "The answer is the same whether there is such an account or not.")
    @APIResponse(responseCode = "202")
    @RunOnVirtualThread
    public Response forgot(@NotNull @Valid ForgottenPassword forgotten) {
        String email = forgotten.email().strip().toLowerCase(Locale.ROOT);
        mails.order(Mails.Purpose.RESET_PASSWORD, email);
        return Response.accepted().build();
    }

    @POST
    @Path("/reset")
    @Operation(
            operationId = "resetPassword",
            summary = "Choose a new password with the link from the mail",
            description = "Ends every session.")
    @APIResponse(responseCode = "204")
    @APIResponse(responseCode = "410", description = "The link was used or is too old.")
    @RunOnVirtualThread
    public Response reset(@NotNull @Valid PasswordReset reset) {
        refuseCommon("password", reset.password());
        UUID user = mails.use(Mails.Purpose.RESET_PASSWORD, reset.token())
                .orElseThrow(() -> Problems.of(Problem.LINK_ENDED, MessageCode.LINK_ENDED));
        holders.setPasswordHash(user, passwords.hash(reset.password()));
        sessions.endAll(user);
        LOG.infof("password reset: userId=%s", user);
        return Response.noContent().build();
    }

    private void refuseCommon(String field, String password) {
        if (passwords.isCommon(password)) {
            throw Problems.invalidField(field, MessageCode.PASSWORD_COMMON);
        }
    }
}
