package ru.reklamai.simulator.task;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can go wrong, switched on by its keyword in square brackets in a prompt, or through the admin endpoint. */
public enum Fault {
    /** Takes ten times as long. */
    SLOW,
    /** Never ends. */
    NEVER,
    /** Starts the task, then cuts the connection instead of answering create. */
    DROP_ANSWER,
    /** Starts the task at once, but answers create three seconds later. */
    SLOW_ANSWER,
    /** Answers the first create of a generation with code 500 and starts nothing. */
    ERROR_500,
    /** The same with code 408. */
    TIMEOUT_408,
    /** The same with code 429, and asks to wait a second. */
    RATE_LIMITED,
    /** The same with code 455. */
    MAINTENANCE,
    /** The same with an HTML page. */
    HTML,
    /** Refuses create with code 422. */
    REFUSE,
    /** Refuses the content with code 451. */
    BLOCKED,
    /** Answers create with code 401, as for a bad key. */
    BAD_KEY,
    /** Answers create with code 402: our account is empty. */
    NO_MONEY,
    /** The status knows the task only at the third query. */
    UNKNOWN_FIRST,
    /** The status never knows the task. */
    FORGOTTEN,
    /** The first three queries answer code 500. */
    QUERY_500,
    /** The first three queries answer an HTML page. */
    QUERY_HTML,
    /** Ends in failure, with a reason. */
    FAIL,
    /** Succeeds without any address. */
    NO_URL,
    /** Succeeds with a resultJson that is no JSON (market), else without any address. */
    BROKEN_JSON,
    /** Succeeds with an address that answers 404. */
    MISSING_FILE,
    /** Succeeds with an address that answers an HTML page. */
    HTML_FILE,
    /** Succeeds with an address that answers nothing. */
    EMPTY_FILE,
    /** Succeeds with a file of another kind. */
    WRONG_TYPE,
    /** Succeeds with an address that has ended; download-url gives a fresh one. */
    EXPIRED_URL,
    /** Succeeds with an address that has ended; only a new status query gives a fresh one. */
    EXPIRED_STATUS_URL,
    /** Succeeds with an address that answers 503 twice. */
    BUSY_FILE,
    /** Succeeds with two files. */
    TWO_RESULTS,
    /** Succeeds with two files, of which the second is missing. */
    ONE_OF_TWO,
    /** Sends no callback. */
    NO_CALLBACK,
    /** Sends the callback three times. */
    REPEAT_CALLBACK,
    /** Sends the callback ten seconds after the end. */
    LATE_CALLBACK,
    /** Sends a callback before create is answered. */
    EARLY_CALLBACK,
    /** Signs the callback with another key. */
    FORGED_CALLBACK;

    /** Those that concern only the first create of a generation. */
    public static final Set<Fault> FIRST_CREATE = EnumSet.of(ERROR_500, TIMEOUT_408, RATE_LIMITED, MAINTENANCE, HTML);

    public String keyword() {
        return "[" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "]";
    }

    public static Set<Fault> in(String text) {
        EnumSet<Fault> found = EnumSet.noneOf(Fault.class);
        for (Fault fault : values()) {
            if (text.contains(fault.keyword())) {
                found.add(fault);
            }
        }
        return found;
    }
}
