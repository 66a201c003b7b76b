package ru.reklamai.generation.credit;

import java.util.Locale;

/** What became of an admin's change of somebody's credits. */
enum AdjustmentOutcome {
    DONE,
    /** The same was done before, under the same reference. */
    REPEATED,
    /** Something else was done before under this reference. */
    REFERENCE_REUSED,
    /** The user has less than was to be taken away. */
    INSUFFICIENT,
    UNKNOWN_ACCOUNT;

    static AdjustmentOutcome of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
