package ru.reklamai.status.connection;

import io.quarkus.websockets.next.CloseReason;

/** Why the service ends a connection; server-sent events just end, and the client connects again. */
enum Ending {
    FINISHED(1000, "The generation has ended"),
    RESTARTING(1012, "Restarting, connect again"),
    TOO_SLOW(1013, "Too slow, connect again"),
    NO_SNAPSHOT(1013, "No snapshot now, connect again"),
    TOKEN_ENDED(4401, "The token has ended, connect with a fresh one"),
    TOKEN_WRONG(4401, "The token is not valid");

    private final int code;
    private final String text;

    Ending(int code, String text) {
        this.code = code;
        this.text = text;
    }

    CloseReason closeReason() {
        return new CloseReason(code, text);
    }
}
