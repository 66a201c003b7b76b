package ru.reklamai.auth.password;

import ru.reklamai.message.MessageCode;

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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.logging.Logger;
import ru.reklamai.auth.password.PasswordCheck;
import ru.reklamai.auth.mail.Mails;
import ru.reklamai.auth.session.Sessions;
import ru.reklamai.auth.session.Device;
import ru.reklamai.auth.session.RefreshTokens;
import ru.reklamai.auth.session.TokenAnswer;
import ru.reklamai.auth.password.Passwords;
import ru.reklamai.auth.user.User;
import ru.reklamai.auth.user.UserRepository;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;

/** A new password: by whoever knows the old one, or reads the account's mailbox. Either ends all other sessions. */
@Path("/api/v1/auth/password")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PasswordResource {

    private static final Logger LOG = Logger.getLogger(PasswordResource.class);

    private final UserRepository users;
    private final Passwords passwords;
    private final PasswordCheck passwordCheck;
    private final Sessions sessions;
    private final RefreshTokens refreshTokens;
    private final TokenAnswer tokenAnswer;
    private final Mails mails;
    private final JsonWebToken token;

    PasswordResource(
            UserRepository users,
            Passwords passwords,
            PasswordCheck passwordCheck,
            Sessions sessions,
            RefreshTokens refreshTokens,
            TokenAnswer tokenAnswer,
            Mails mails,
            JsonWebToken token) {
        this.users = users;
        this.passwords = passwords;
        this.passwordCheck = passwordCheck;
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.tokenAnswer = tokenAnswer;
        this.mails = mails;
        this.token = token;
    }

    public record PasswordChange(
            @NotNull @Size(max = Passwords.MAX_LENGTH) String currentPassword,

            @NotNull @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH)
            String newPassword) {}

    public record ForgottenPassword(
            @NotBlank @Size(max = 254) String email) {}

    /** @param token from the link in the mail */
    public record PasswordReset(
            @NotBlank @Size(max = 100) String token,

            @NotNull @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH)
            String password) {}

    /** Ends every session and starts a new one, for the caller. */
    @POST
    @Authenticated
    @APIResponseSchema(value = TokenAnswer.Tokens.class, responseCode = "200")
    @RunOnVirtualThread
    public Response change(@NotNull @Valid PasswordChange change, @Context HttpServerRequest request) {
        passwords.refuseCommon("newPassword", change.newPassword());
        User user = passwordCheck.userOf(token.getName(), change.currentPassword(), Device.of(request));
        users.setPasswordHash(user.id(), passwords.hash(change.newPassword()));
        sessions.endAll(user.id());
        LOG.infof("password changed: userId=%s", user.id());
        return tokenAnswer.of(refreshTokens.startFamily(user, Device.of(request)), Response.Status.OK);
    }

    /** Answers the same, in the same time, whether there is such a user or not. */
    @POST
    @Path("/forgot")
    @APIResponse(responseCode = "202")
    @RunOnVirtualThread
    public Response forgot(@NotNull @Valid ForgottenPassword forgotten, @Context HttpServerRequest request) {
        String email = forgotten.email().strip().toLowerCase(Locale.ROOT);
        mails.order(Mails.Purpose.RESET_PASSWORD, email, Mails.languageOf(request));
        return Response.accepted().build();
    }

    @POST
    @Path("/reset")
    @APIResponse(responseCode = "204")
    @RunOnVirtualThread
    public Response reset(@NotNull @Valid PasswordReset reset) {
        passwords.refuseCommon("password", reset.password());
        UUID user = mails.use(Mails.Purpose.RESET_PASSWORD, reset.token())
                .orElseThrow(() -> Problems.of(
                        Problem.LINK_ENDED, MessageCode.LINK_ENDED));
        users.setPasswordHash(user, passwords.hash(reset.password()));
        sessions.endAll(user);
        LOG.infof("password reset: userId=%s", user);
        return Response.noContent().build();
    }
}
