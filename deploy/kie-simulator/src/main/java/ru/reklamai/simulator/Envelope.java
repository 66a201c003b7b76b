package ru.reklamai.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;

/** KIE's answer around everything: the code is the verdict, whatever the HTTP status. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Envelope(int code, String msg, Object data) {

    static Envelope ok(Object data) {
        return new Envelope(200, "success", data);
    }

    static Envelope error(int code, String msg) {
        return new Envelope(code, msg, null);
    }
}
