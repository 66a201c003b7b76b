package ru.reklamai.auth.user;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
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
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.auth.mail.Mails;
import ru.reklamai.auth.password.Passwords;
import ru.reklamai.auth.session.Device;
import ru.reklamai.auth.session.Sessions;
import ru.reklamai.auth.session.TokenAnswer;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Sign-up: the new user is logged in at once. */
@Path("/api/v1/auth/register")
@Tag(name = "auth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RegisterResource {

    private static final Logger LOG = Logger.getLogger(RegisterResource.class);

    private final UserRepository users;
    private final Passwords passwords;
    private final UserPublisher publisher;
    private final Mails mails;
    private final Sessions sessions;
    private final TokenAnswer tokenAnswer;

    RegisterResource(
            UserRepository users,
            Passwords passwords,
            UserPublisher publisher,
            Mails mails,
            Sessions sessions,
            TokenAnswer tokenAnswer) {
        this.users = users;
        this.passwords = passwords;
        this.publisher = publisher;
        this.mails = mails;
        this.sessions = sessions;
        this.tokenAnswer = tokenAnswer;
    }

    public record Registration(
            @NotBlank @Email @Size(max = 254) @Schema(examples = "anna@example.org")
            String email,

            @NotNull @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH) @Schema(examples = "correct horse")
            String password,

            @Size(max = 200) @Schema(examples = "Anna") String fullName) {}

    @POST
    @Operation(
            operationId = "register",
            summary = "Sign up",
            description = "The new user is logged in at once, gets the board “My Board” and the sign-up "
                    + "credits, and a mail to verify the address.")
    @APIResponseSchema(value = TokenAnswer.Tokens.class, responseCode = "201")
    @APIResponse(responseCode = "409", description = "The e-mail is registered already.")
    @RunOnVirtualThread
    public Response register(@NotNull @Valid Registration registration, @Context HttpServerRequest request) {
        if (passwords.isCommon(registration.password())) {
            throw Problems.invalidField("password", MessageCode.PASSWORD_COMMON);
        }
        var user = User.signingUp(
                registration.email().strip().toLowerCase(Locale.ROOT),
                passwords.hash(registration.password()),
                Objects.requireNonNullElse(registration.fullName(), "").strip());
        if (!users.insert(user)) {
            throw Problems.of(Problem.EMAIL_TAKEN, MessageCode.EMAIL_TAKEN);
        }
        LOG.infof("user registered: userId=%s", user.id());
        publisher.publish(user);
        mails.order(Mails.Purpose.VERIFY_EMAIL, user.id());
        return tokenAnswer.of(sessions.start(user.account(), Device.of(request)), Response.Status.CREATED);
    }
}
