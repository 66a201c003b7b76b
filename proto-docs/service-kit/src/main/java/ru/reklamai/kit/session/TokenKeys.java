package ru.reklamai.kit.session;

import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/**
 * The keys of tokens come from auth-service when the first token is checked, and stay. While they can't be had, the library
 * would let every request try by itself, each for a second and one after the other, until no thread is left; here one
 * tries, and whoever comes soon after is told the same.
 */
@Decorator
@Priority(1)
public abstract class TokenKeys implements JWTParser {

    private static final Logger LOG = Logger.getLogger(TokenKeys.class);
    private static final Duration TRIED_EVERY = Duration.ofSeconds(1);

    private final JWTParser parser;
    private volatile boolean areKnown;
    private Instant awayAt = Instant.MIN;
    private Throwable reason = new IOException("not asked yet");

    TokenKeys(@Delegate JWTParser parser) {
        this.parser = parser;
    }

    /** Returns whether a token was not accepted only because nobody can check it now. */
    public static boolean areAway(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(IOException.class::isInstance);
    }

    @Override
    public JsonWebToken parse(String token) throws ParseException {
        return areKnown ? parser.parse(token) : parseFirst(token);
    }

    private synchronized JsonWebToken parseFirst(String token) throws ParseException {
        if (!areKnown && awayAt.isAfter(Instant.now().minus(TRIED_EVERY))) {
            throw new ParseException("The keys could not be had a moment ago", reason);
        }
        try {
            JsonWebToken parsed = parser.parse(token);
            areKnown = true;
            return parsed;
        } catch (ParseException e) {
            if (areAway(e)) {
                awayAt = Instant.now();
                reason = e.getCause();
                LOG.warnf("the keys of auth-service are out of reach, no token can be checked: cause=%s", reason);
            }
            throw e;
        }
    }
}
