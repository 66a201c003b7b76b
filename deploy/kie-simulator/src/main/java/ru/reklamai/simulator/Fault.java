package ru.reklamai.simulator;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can go wrong, switched on by its keyword in square brackets in a prompt, or through the admin endpoint. */
enum Fault {
    /** Takes ten times as long. */
    SLOW,
    /** Starts the task, then cuts the connection instead of answering create. */
    DROP_ANSWER,
    /** Answers create with code 500 and starts nothing; the admin endpoint makes it end after n times. */
    ERROR_500,
    /** Answers create with an HTML page and starts nothing. */
    HTML,
    /** Refuses create with code 422. */
    REFUSE,
    /** Answers create with code 401, as for a bad key. */
    BAD_KEY,
    /** Answers create with code 402: our account is empty. */
    NO_MONEY,
    /** Ends in state fail with a failCode. */
    FAIL,
    /** Succeeds without any address. */
    NO_URL,
    /** Succeeds with a resultJson that is no JSON. */
    BROKEN_JSON,
    /** Succeeds with an address that answers 404. */
    MISSING_FILE,
    /** Succeeds with an address that answers an HTML page. */
    HTML_FILE,
    /** Never ends. */
    NEVER,
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

    String keyword() {
        return "[" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "]";
    }

    static Set<Fault> in(String text) {
        EnumSet<Fault> found = EnumSet.noneOf(Fault.class);
        for (Fault fault : values()) {
            if (text.contains(fault.keyword())) {
                found.add(fault);
            }
        }
        return found;
    }
}
