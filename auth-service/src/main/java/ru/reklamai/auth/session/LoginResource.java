package ru.reklamai.auth.session;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Logging in, staying so and logging out. */
@Path("/api/v1/auth")
@Tag(name = "auth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LoginResource {

    private static final Logger LOG = Logger.getLogger(LoginResource.class);

    private final Authenticator authenticator;
    private final Sessions sessions;
    private final TokenAnswer tokenAnswer;

    LoginResource(Authenticator authenticator, Sessions sessions, TokenAnswer tokenAnswer) {
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.tokenAnswer = tokenAnswer;
    }

    public record Credentials(
            @NotBlank @Size(max = 254) @Schema(examples = "anna@example.org")
            String email,

            @NotNull @Size(max = 128) @Schema(examples = "correct horse")
            String password) {}

    /** @param refreshToken may be left out where the cookie carries it */
    public record RefreshRequest(
            @Size(max = 200) @Schema(examples = "3yqkq2m1Jv0cXh5b7n9rUQ")
            String refreshToken) {}

    /** Answers the same, in the same time, for an unknown e-mail and a wrong password. */
    @POST
    @Path("/login")
    @Operation(
            operationId = "login",
            summary = "Log in",
            description = "Ten wrong passwords for an account, or fifty from an address, within 15 minutes "
                    + "shut it for the rest of that time: 429.")
    @APIResponseSchema(value = TokenAnswer.Tokens.class, responseCode = "200")
    @APIResponse(responseCode = "401", description = "E-mail or password is wrong.")
    @APIResponse(responseCode = "403", description = "The account is blocked.")
    @RunOnVirtualThread
    public Response login(@NotNull @Valid Credentials credentials, @Context HttpServerRequest request) {
        var device = Device.of(request);
        Account account = authenticator.authenticate(credentials.email(), credentials.password(), device);
        LOG.infof("user logged in: userId=%s", account.userId());
        return tokenAnswer.of(sessions.start(account, device), Response.Status.OK);
    }

    @POST
    @Path("/refresh")
    @Operation(
            operationId = "refresh",
            summary = "Get the next access token",
            description = "A refresh token works once; a second use of it ends the session. It may also come "
                    + "as the cookie `refresh_token`.")
    @APIResponseSchema(value = TokenAnswer.Tokens.class, responseCode = "200")
    @APIResponse(responseCode = "401", description = "The session has ended.")
    @RunOnVirtualThread
    public Response refresh(
            @Valid RefreshRequest body,
            @CookieParam(TokenAnswer.COOKIE) String cookie,
            @Context HttpServerRequest request) {
        return tokenOf(body, cookie)
                .flatMap(token -> sessions.refresh(token, Device.of(request)))
                .map(issued -> tokenAnswer.of(issued, Response.Status.OK))
                .orElseThrow(() -> Problems.of(Problem.UNAUTHORIZED, MessageCode.SESSION_ENDED));
    }

    @POST
    @Path("/logout")
    @Operation(
            operationId = "logout",
            summary = "Log out",
            description = "Ends the session that the refresh token belongs to.")
    @APIResponse(responseCode = "204")
    @RunOnVirtualThread
    public Response logout(@Valid RefreshRequest request, @CookieParam(TokenAnswer.COOKIE) String cookie) {
        tokenOf(request, cookie).ifPresent(sessions::endByToken);
        return Response.noContent().cookie(tokenAnswer.clearedCookie()).build();
    }

    private static Optional<String> tokenOf(RefreshRequest request, String cookie) {
        return Optional.ofNullable(request)
                .map(RefreshRequest::refreshToken)
                .or(() -> Optional.ofNullable(cookie))
                .filter(token -> !token.isBlank());
    }
}
