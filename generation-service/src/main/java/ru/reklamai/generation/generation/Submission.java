package ru.reklamai.generation.generation;

import java.util.List;

/** What became of an order. */
public sealed interface Submission {

    /** @param generations the variants, paid for and stored; the first stands for all of them */
    record Accepted(List<Generation> generations) implements Submission {}

    /** The same order had been accepted before, under the same idempotency key. */
    record Replayed(List<Generation> generations) implements Submission {}

    record Refused(Reason reason) implements Submission {}

    /** Why nothing was ordered. */
    enum Reason {
        KEY_REUSED,
        UNKNOWN_USER,
        MAINTENANCE,
        PARENT_NOT_FOUND,
        BOARD_NOT_FOUND,
        BOARD_READ_ONLY,
        TOO_MANY_ACTIVE,
        TOO_MANY_TODAY,
        INSUFFICIENT,
        /** A file is not the user's, or has not been checked yet. */
        UPLOADS_NOT_READY
    }
}
