package ru.reklamai.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
 * Finds and checks the token of a request. Browsers can't set headers on a WebSocket or an EventSource, so there the
 * token may also come as the subprotocol after {@code bearer}, or as a {@code ?ticket=} that works once; behind the
 * gateway it is always the Authorization header.
 */
@ApplicationScoped
public class TokenCheck {

    private static final String BEARER = "bearer ";
    private static final Duration TRUSTED_FOR = Duration.ofMinutes(1);
    private static final int MAX_TRUSTED = 10_000;

    private final JWTParser parser;
    private final ReactiveRedisDataSource redis;
    private final Vertx vertx;
    /** Tokens whose signature was found right a moment ago: a client's requests come in a row. */
    private final Cache<String, Caller> trusted = Caffeine.newBuilder()
            .expireAfterWrite(TRUSTED_FOR)
            .maximumSize(MAX_TRUSTED)
            .build();

    TokenCheck(JWTParser parser, ReactiveRedisDataSource redis, Vertx vertx) {
        this.parser = parser;
        this.redis = redis;
        this.vertx = vertx;
    }

    /** Returns who asks, empty without a token; fails for a token or a ticket that is not valid. */
    public Future<Optional<Caller>> callerOf(HttpServerRequest request) {
        String protocols = request.getHeader("Sec-WebSocket-Protocol");
        if (protocols != null && protocols.toLowerCase(Locale.ROOT).startsWith("bearer,")) {
            setToken(request, protocols.substring(protocols.indexOf(',') + 1).strip());
            request.headers().set("Sec-WebSocket-Protocol", "bearer");
        }
        List<String> tickets =
                new QueryStringDecoder(request.uri()).parameters().getOrDefault("ticket", List.of());
        if (tickets.isEmpty() || request.headers().contains("Authorization")) {
            return callerByHeader(request);
        }
        return redeem(tickets.getFirst()).compose(token -> {
            setToken(request, token);
            return callerByHeader(request);
        });
    }

    private Future<Optional<Caller>> callerByHeader(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Future.succeededFuture(Optional.empty());
        }
        String token = header.substring(BEARER.length()).strip();
        Caller known = trusted.getIfPresent(token);
        if (known != null && known.expiresAt().isAfter(Instant.now())) {
            return Future.succeededFuture(Optional.of(known));
        }
        return vertx.executeBlocking(() -> Optional.of(verify(token)), false);
    }

    /** A ticket is gone with its first use. */
    private Future<String> redeem(String ticket) {
        Promise<String> token = Promise.promise();
        redis.value(String.class)
                .getdel("ticket:" + ticket)
                .onItem()
                .ifNull()
                .failWith(() -> new ParseException("unknown ticket"))
                .subscribe()
                .with(token::complete, token::fail);
        return token.future();
    }

    private Caller verify(String token) throws ParseException {
        JsonWebToken parsed = parser.parse(token);
        var caller = new Caller(
                parsed.getSubject(),
                Optional.ofNullable(parsed.getClaim("sid")),
                Instant.ofEpochSecond(parsed.getIssuedAtTime()),
                Instant.ofEpochSecond(parsed.getExpirationTime()));
        trusted.put(token, caller);
        return caller;
    }

    private static void setToken(HttpServerRequest request, String token) {
        request.headers().set("Authorization", "Bearer " + token);
    }
}
