package ru.reklamai.problem;

import java.net.URI;

/** The kinds of error that leave the system, each with a stable type (RFC 9457), described in proto-docs/README.md. */
public enum Problem {
    MALFORMED_REQUEST(400, "The request can't be read", "Check the JSON of the body and the address."),
    UNAUTHORIZED(401, "Log in first", "Send an access token. POST /api/v1/auth/login gives one."),
    INSUFFICIENT_CREDITS(402, "Not enough credits", "Top up your credits, or choose a cheaper model."),
    FORBIDDEN(403, "Not allowed", "Ask for the right to do this."),
    ACCOUNT_BLOCKED(403, "This account is blocked", "Write to support."),
    NOT_FOUND(404, "Not found", "There is nothing at this address, or it is not yours."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "This address takes other methods."),
    NOT_ACCEPTABLE(406, "No acceptable answer format", "Accept application/json."),
    CONFLICT(409, "Conflict", "It is not in a state that allows this."),
    IDEMPOTENCY_KEY_REUSED(
            409, "Idempotency key used for another request", "Use a new Idempotency-Key for a new request."),
    EMAIL_TAKEN(409, "E-mail is registered already", "Log in, or use another e-mail."),
    LINK_ENDED(410, "The link has ended", "Have a new one sent."),
    LENGTH_REQUIRED(411, "Content-Length is required", "Send the body with its Content-Length."),
    PAYLOAD_TOO_LARGE(413, "The body is too large", "Send less."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported content type", "Send application/json."),
    INVALID_FIELDS(422, "Some fields are wrong", "Mend the fields that are named."),
    RATE_LIMITED(429, "Too many requests", "Wait as long as Retry-After says."),
    QUOTA_REACHED(429, "Your limit is reached", "Wait until some of your generations have ended."),
    INTERNAL_ERROR(500, "Something went wrong on our side", "It is logged and will be looked into. Try again later."),
    BAD_GATEWAY(502, "A part of the system did not answer", "Try again in a moment."),
    UNAVAILABLE(503, "Temporarily unavailable", "A part of the system is restarting. Try again in a few seconds."),
    MAINTENANCE(503, "Maintenance", "New orders are not taken now; what runs is finished. Try again later."),
    TIMEOUT(504, "A part of the system took too long", "Try again in a moment.");

    private final int status;
    private final String title;
    private final String advice;

    Problem(int status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Returns what to do now, where nothing more exact is known. */
    public String advice() {
        return advice;
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
