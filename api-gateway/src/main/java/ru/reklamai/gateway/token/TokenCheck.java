package ru.reklamai.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Finds and checks the token of a request. Browsers can't set headers on a WebSocket or an EventSource, so the token
 * may also come as {@code ?token=} or as the subprotocol after {@code bearer}; behind the gateway it is always the
 * Authorization header.
 */
@ApplicationScoped
public class TokenCheck {

    private static final String BEARER = "bearer ";
    private static final Duration TRUSTED_FOR = Duration.ofMinutes(1);
    private static final int MAX_TRUSTED = 10_000;

    private final JWTParser parser;
    private final Vertx vertx;
    /** Tokens whose signature was found right a moment ago: a client's requests come in a row. */
    private final Cache<String, Verified> trusted = Caffeine.newBuilder()
            .expireAfterWrite(TRUSTED_FOR)
            .maximumSize(MAX_TRUSTED)
            .build();

    private record Verified(String subject, Instant expiresAt) {}

    TokenCheck(JWTParser parser, Vertx vertx) {
        this.parser = parser;
        this.vertx = vertx;
    }

    /** Moves a token from the query or the subprotocol to the Authorization header. */
    public void normalize(HttpServerRequest request) {
        String protocols = request.getHeader("Sec-WebSocket-Protocol");
        if (protocols != null && protocols.toLowerCase(Locale.ROOT).startsWith("bearer,")) {
            setToken(request, protocols.substring(protocols.indexOf(',') + 1).strip());
            request.headers().set("Sec-WebSocket-Protocol", "bearer");
        }
        List<String> inQuery =
                new QueryStringDecoder(request.uri()).parameters().getOrDefault("token", List.of());
        if (!inQuery.isEmpty() && !request.headers().contains("Authorization")) {
            setToken(request, inQuery.getFirst());
        }
    }

    /** Returns the user's id, empty without a token; fails for a token that is not valid. */
    public Future<Optional<String>> userOf(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Future.succeededFuture(Optional.empty());
        }
        String token = header.substring(BEARER.length()).strip();
        Verified known = trusted.getIfPresent(token);
        if (known != null && known.expiresAt().isAfter(Instant.now())) {
            return Future.succeededFuture(Optional.of(known.subject()));
        }
        return vertx.executeBlocking(() -> Optional.of(verify(token).subject()), false);
    }

    private Verified verify(String token) throws ParseException {
        JsonWebToken parsed = parser.parse(token);
        var verified = new Verified(parsed.getSubject(), Instant.ofEpochSecond(parsed.getExpirationTime()));
        trusted.put(token, verified);
        return verified;
    }

    private static void setToken(HttpServerRequest request, String token) {
        request.headers().set("Authorization", "Bearer " + token);
    }
}
