package ru.reklamai.generation.upload;

import ru.reklamai.kit.message.Text;
import ru.reklamai.message.MessageCode;

/** Why a file of a user is not taken. */
record UploadViolation(Kind kind, Text text) {

    enum Kind {
        UNKNOWN,
        NOT_ARRIVED,
        TOO_LARGE,
        WRONG_TYPE
    }

    static UploadViolation of(Kind kind, MessageCode message, Object... values) {
        return new UploadViolation(kind, Text.of(message, values));
    }
}
