package ru.reklamai.gateway.token;

/** What a request says of who sends it. */
public sealed interface Identity permits Caller, Identity.Anonymous, Identity.Invalid, Identity.Unchecked {

    /** There is no token. */
    record Anonymous() implements Identity {}

    /** The token or the ticket is wrong, or has ended. */
    record Invalid(Throwable cause) implements Identity {}

    /** Whether it is right can't be found out now: auth-service's keys, or the tickets in Redis, are out of reach. */
    record Unchecked() implements Identity {}
}
