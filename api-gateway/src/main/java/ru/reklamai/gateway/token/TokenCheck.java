package ru.reklamai.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
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
import org.jboss.logging.Logger;
import ru.reklamai.kit.session.SessionKeys;
import ru.reklamai.kit.session.TokenKeys;

/**
 * Finds and checks the token of a request. Browsers can't set headers on a WebSocket or an EventSource, so there the
 * token may also come as the subprotocol after {@code bearer}, or as a {@code ?ticket=} that works once; behind the
 * gateway it is always the Authorization header.
 */
@ApplicationScoped
public class TokenCheck {

    private static final Logger LOG = Logger.getLogger(TokenCheck.class);
    private static final String BEARER = "bearer ";
    private static final Duration TRUSTED_FOR = Duration.ofMinutes(1);
    private static final int MAX_TRUSTED = 10_000;
    private static final Duration KEYS_TRIED_EVERY = Duration.ofSeconds(1);

    private final JWTParser parser;
    private final ReactiveRedisDataSource redis;
    private final Vertx vertx;
    /** Tokens whose signature was found right a moment ago: a client's requests come in a row. */
    private final Cache<String, Caller> trusted = Caffeine.newBuilder()
            .expireAfterWrite(TRUSTED_FOR)
            .maximumSize(MAX_TRUSTED)
            .build();
    /** When auth-service's keys were out of reach: a try takes a thread, so not every request makes one. */
    private volatile Instant keysAwayAt = Instant.EPOCH;

    TokenCheck(JWTParser parser, ReactiveRedisDataSource redis, Vertx vertx) {
        this.parser = parser;
        this.redis = redis;
        this.vertx = vertx;
    }

    /** Returns who asks; never fails. The token then stands in the Authorization header. */
    public Future<Identity> identify(HttpServerRequest request) {
        String protocols = request.getHeader("Sec-WebSocket-Protocol");
        if (protocols != null && protocols.toLowerCase(Locale.ROOT).startsWith("bearer,")) {
            setToken(request, protocols.substring(protocols.indexOf(',') + 1).strip());
            request.headers().set("Sec-WebSocket-Protocol", "bearer");
        }
        List<String> tickets =
                new QueryStringDecoder(request.uri()).parameters().getOrDefault("ticket", List.of());
        return tickets.isEmpty() || request.headers().contains("Authorization")
                ? identifyByHeader(request)
                : redeem(tickets.getFirst(), request);
    }

    private Future<Identity> identifyByHeader(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Future.succeededFuture(new Identity.Anonymous());
        }
        String token = header.substring(BEARER.length()).strip();
        Caller known = trusted.getIfPresent(token);
        return known != null && known.expiresAt().isAfter(Instant.now())
                ? Future.succeededFuture(known)
                : vertx.executeBlocking(() -> verify(token), false);
    }

    /** A ticket is gone with its first use. */
    private Future<Identity> redeem(String ticket, HttpServerRequest request) {
        var token = redis.value(String.class).getdel(SessionKeys.ticket(ticket)).map(Optional::ofNullable);
        return Future.fromCompletionStage(token.subscribeAsCompletionStage(), vertx.getOrCreateContext())
                .compose(found -> identifyByTicket(found, request), failure -> {
                    LOG.warnf("Redis does not answer, a ticket can't be redeemed: cause=%s", failure);
                    return Future.succeededFuture(new Identity.Unchecked());
                });
    }

    private Future<Identity> identifyByTicket(Optional<String> token, HttpServerRequest request) {
        if (token.isEmpty()) {
            return Future.succeededFuture(new Identity.Invalid(new ParseException("unknown ticket")));
        }
        setToken(request, token.get());
        return identifyByHeader(request);
    }

    private Identity verify(String token) {
        if (keysAwayAt.isAfter(Instant.now().minus(KEYS_TRIED_EVERY))) {
            return new Identity.Unchecked();
        }
        try {
            Caller caller = toCaller(parser.parse(token));
            trusted.put(token, caller);
            return caller;
        } catch (ParseException | RuntimeException e) {
            if (!TokenKeys.areAway(e)) {
                return new Identity.Invalid(e);
            }
            keysAwayAt = Instant.now();
            LOG.warnf("the keys of auth-service are out of reach, tokens can't be checked: cause=%s", e.getCause());
            return new Identity.Unchecked();
        }
    }

    private static Caller toCaller(JsonWebToken token) {
        return new Caller(
                token.getSubject(),
                Optional.ofNullable(token.getClaim("sid")),
                Instant.ofEpochSecond(token.getIssuedAtTime()),
                Instant.ofEpochSecond(token.getExpirationTime()));
    }

    private static void setToken(HttpServerRequest request, String token) {
        request.headers().set("Authorization", "Bearer " + token);
    }
}
