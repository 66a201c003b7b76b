package ru.reklamai.generation.generation;

import java.util.Locale;

/**
 * The state machine of a generation, drawn in README.md. The final states are never left: the database refuses it.
 */
public enum Status {
    QUEUED,
    PROCESSING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** The names, for the check of requests that give one. */
    public static final String PATTERN = "queued|processing|succeeded|failed|cancelled";

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Returns whether some transition leads from here to there. */
    boolean canBecome(Status next) {
        return switch (this) {
            case QUEUED -> next != QUEUED;
            case PROCESSING -> next != QUEUED && next != PROCESSING;
            case SUCCEEDED, FAILED, CANCELLED -> false;
        };
    }
}
