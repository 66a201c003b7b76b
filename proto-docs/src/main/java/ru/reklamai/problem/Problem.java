package ru.reklamai.problem;

import java.net.URI;

/** The kinds of error that leave the system, each with a stable type (RFC 9457), described in proto-docs/README.md. */
public enum Problem {
    MALFORMED_REQUEST(400, "The request can't be read"),
    UNAUTHORIZED(401, "Log in first"),
    INSUFFICIENT_CREDITS(402, "Not enough credits"),
    FORBIDDEN(403, "Not allowed"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "No acceptable answer format"),
    CONFLICT(409, "Conflict"),
    IDEMPOTENCY_KEY_REUSED(409, "Idempotency key used for another request"),
    EMAIL_TAKEN(409, "E-mail is registered already"),
    LENGTH_REQUIRED(411, "Content-Length is required"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported content type"),
    INVALID_FIELDS(422, "Some fields are wrong"),
    RATE_LIMITED(429, "Too many requests"),
    INTERNAL_ERROR(500, "Something went wrong on our side"),
    BAD_GATEWAY(502, "A part of the system did not answer"),
    UNAVAILABLE(503, "Temporarily unavailable"),
    TIMEOUT(504, "A part of the system took too long");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public URI uri() {
        return URI.create(
                "/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
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
}
