package ru.reklamai.auth.login;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import ru.reklamai.auth.token.RefreshTokens;
import ru.reklamai.auth.token.TokenAnswer;
import ru.reklamai.auth.user.Passwords;
import ru.reklamai.auth.user.User;
import ru.reklamai.auth.user.UserRepository;
import ru.reklamai.problem.Problem;
import ru.reklamai.problem.Problems;

/** Login, its prolongation and its end. */
@Path("/api/v1/auth")
@Produces(MediaType.APPLICATION_JSON)
public class LoginResource {

    private static final Logger LOG = Logger.getLogger(LoginResource.class);

    private final UserRepository users;
    private final Passwords passwords;
    private final RefreshTokens refreshTokens;
    private final TokenAnswer tokenAnswer;

    LoginResource(UserRepository users, Passwords passwords, RefreshTokens refreshTokens, TokenAnswer tokenAnswer) {
        this.users = users;
        this.passwords = passwords;
        this.refreshTokens = refreshTokens;
        this.tokenAnswer = tokenAnswer;
    }

    public record Credentials(
            @NotBlank @Size(max = 254) String email,
            @NotNull @Size(max = 128) String password) {}

    /** @param refreshToken may be left out where the cookie carries it */
    public record RefreshRequest(@Size(max = 200) String refreshToken) {}

    /** Answers the same, in the same time, for an unknown e-mail and a wrong password. */
    @POST
    @Path("/login")
    @RunOnVirtualThread
    public Response login(@NotNull @Valid Credentials credentials) {
        Optional<User> user = users.findByEmail(credentials.email().strip().toLowerCase(Locale.ROOT));
        boolean right = user.map(found -> passwords.matches(credentials.password(), found.passwordHash()))
                .orElseGet(() -> passwords.matchesNobody(credentials.password()));
        if (!right) {
            throw Problems.of(Problem.UNAUTHORIZED, "E-mail or password is wrong.");
        }
        LOG.infof("user logged in: userId=%s", user.get().id());
        return tokenAnswer.of(user.get(), refreshTokens.startFamily(user.get().id()), Response.Status.OK);
    }

    @POST
    @Path("/refresh")
    @RunOnVirtualThread
    public Response refresh(@Valid RefreshRequest request, @CookieParam(TokenAnswer.COOKIE) String cookie) {
        return tokenOf(request, cookie)
                .flatMap(refreshTokens::rotate)
                .map(next -> tokenAnswer.of(next.user(), next.refreshToken(), Response.Status.OK))
                .orElseThrow(() -> Problems.of(Problem.UNAUTHORIZED, "This session has ended. Log in again."));
    }

    @POST
    @Path("/logout")
    @RunOnVirtualThread
    public Response logout(@Valid RefreshRequest request, @CookieParam(TokenAnswer.COOKIE) String cookie) {
        tokenOf(request, cookie).ifPresent(refreshTokens::revoke);
        return Response.noContent().cookie(tokenAnswer.clearedCookie()).build();
    }

    private static Optional<String> tokenOf(RefreshRequest request, String cookie) {
        return Optional.ofNullable(request)
                .map(RefreshRequest::refreshToken)
                .or(() -> Optional.ofNullable(cookie))
                .filter(token -> !token.isBlank());
    }
}
