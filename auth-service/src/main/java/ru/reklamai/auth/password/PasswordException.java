package ru.reklamai.auth.password;

import java.time.Duration;

/** A password that was not accepted, or not even looked at. */
public final class PasswordException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Reason reason;

    sealed interface Reason {}

    /** The e-mail and the password don't belong together. */
    record Wrong() implements Reason {}

    /** The password is right, but its user must stay out. */
    record Blocked() implements Reason {}

    /** Too many passwords were wrong. */
    record Throttled(Duration pause) implements Reason {}

    /** More passwords wait to be hashed or checked than this service manages. */
    record Busy() implements Reason {}

    PasswordException(Reason reason) {
        super(reason.toString());
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
