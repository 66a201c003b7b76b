package ru.reklamai.auth.session;

import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import ru.reklamai.auth.AuthConfig;
import ru.reklamai.auth.key.SigningKey;

/** What a client gets on register, login and refresh: an access token, and a refresh token as body and cookie. */
@ApplicationScoped
public class TokenAnswer {

    public static final String COOKIE = "refresh_token";

    /** The claim that names the session (OpenID Connect Front-Channel Logout, 3). */
    public static final String SESSION = "sid";

    private static final String COOKIE_PATH = "/api/v1/auth";

    private final SigningKey key;
    private final AuthConfig config;

    TokenAnswer(SigningKey key, AuthConfig config) {
        this.key = key;
        this.config = config;
    }

    /** @param expiresIn seconds until the access token ends */
    public record Tokens(
            @Schema(examples = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIwMTk3ZjBhMCJ9.c2lnbmF0dXJl")
            String accessToken,

            @Schema(examples = "Bearer") String tokenType,
            @Schema(examples = "900") long expiresIn,
            @Schema(examples = "3yqkq2m1Jv0cXh5b7n9rUQ") String refreshToken) {}

    public Response of(Issued issued, Response.Status status) {
        String refreshToken = issued.refreshToken();
        var body = new Tokens(
                accessToken(issued.account(), issued.sessionId()),
                "Bearer",
                config.accessTokenLifetime().toSeconds(),
                refreshToken);
        return Response.status(status)
                .entity(body)
                .cookie(cookie(refreshToken, config.refreshTokenLifetime()))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Returns the cookie that makes a browser forget its refresh token. */
    public NewCookie clearedCookie() {
        return cookie("", Duration.ZERO);
    }

    private String accessToken(Account account, UUID sessionId) {
        Instant now = Instant.now();
        return Jwt.issuer(config.issuer())
                .subject(account.userId().toString())
                .upn(account.email())
                .claim("email", account.email())
                .claim(SESSION, sessionId.toString())
                .groups(account.role())
                .issuedAt(now)
                .expiresAt(now.plus(config.accessTokenLifetime()))
                .jws()
                .keyId(key.keyId())
                .sign(key.privateKey());
    }

    private NewCookie cookie(String value, Duration lifetime) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path(COOKIE_PATH)
                .maxAge((int) lifetime.toSeconds())
                .httpOnly(true)
                .secure(config.secureCookie())
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
