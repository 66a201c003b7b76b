package ru.reklamai.problem;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** The kinds of error that leave the system, each with a stable type (RFC 9457), described in proto-docs/README.md. */
public enum Problem {
    MALFORMED_REQUEST(400),
    UNAUTHORIZED(401),
    INSUFFICIENT_CREDITS(402),
    FORBIDDEN(403),
    ACCOUNT_BLOCKED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    CONFLICT(409),
    IDEMPOTENCY_KEY_REUSED(409),
    EMAIL_TAKEN(409),
    LINK_ENDED(410),
    LENGTH_REQUIRED(411),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    INVALID_FIELDS(422),
    RATE_LIMITED(429),
    QUOTA_REACHED(429),
    INTERNAL_ERROR(500),
    BAD_GATEWAY(502),
    UNAVAILABLE(503),
    MAINTENANCE(503),
    TIMEOUT(504);

    /** How long whoever meets a part of the system that is away should wait, where nothing more exact is known. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final int status;

    Problem(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Returns the key of its title in the bundles of messages. */
    public String titleKey() {
        return "problem." + slug();
    }

    /** Returns the key of what to do now, where nothing more exact is known. */
    public String adviceKey() {
        return titleKey() + ".advice";
    }

    public URI uri() {
        return URI.create("/problems/" + slug());
    }

    /** Returns the first kind with that HTTP status, or the general one of its class. */
    public static Problem forStatus(int status) {
        for (Problem problem : values()) {
            if (problem.status == status) {
                return problem;
            }
        }
        return status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR;
    }

    private String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
